/** Time zones of provinces (by the codes of Shopify's addresses) and of North American area codes, as of November 2026. */

const list = (text: string): string[] => text.split(' ');

/** `[zones, provinces]`: where a province has several, all of them. */
type ZoneRows = readonly (readonly [zones: string, codes: string])[];

const INDONESIA: ZoneRows = [
  ['Asia/Jakarta', 'AC SU SB RI JA SS BE LA BB KR JK JB JT YO JI BT KB KT'],
  ['Asia/Makassar', 'BA NB NT KS KI KU SA ST SN SG GO SR'],
  ['Asia/Jayapura', 'MA MU PA PB PS PT PE PD'],
];

const UNITED_STATES: ZoneRows = [
  ['America/New_York', 'CT DE DC GA ME MD MA NH NJ NY NC OH PA RI SC VT VA WV'],
  ['America/New_York America/Chicago', 'FL IN KY MI TN'],
  ['America/Chicago', 'AL AR IL IA LA MN MS MO OK WI'],
  ['America/Chicago America/Denver', 'KS NE ND SD TX'],
  ['America/Denver', 'CO MT NM UT WY'],
  ['America/Phoenix America/Denver', 'AZ'],
  ['America/Denver America/Los_Angeles', 'ID NV OR'],
  ['America/Los_Angeles', 'CA WA'],
  ['America/Anchorage America/Adak', 'AK'],
  ['Pacific/Honolulu', 'HI'],
  ['America/Puerto_Rico', 'PR VI'],
  ['Pacific/Guam', 'GU MP'],
  ['Pacific/Pago_Pago', 'AS'],
];

const CANADA: ZoneRows = [
  ['America/Vancouver America/Edmonton', 'BC'],
  ['America/Edmonton', 'AB NT'],
  ['America/Regina America/Edmonton', 'SK'],
  ['America/Winnipeg', 'MB'],
  ['America/Toronto America/Winnipeg', 'ON'],
  ['America/Toronto America/Halifax', 'QC'],
  ['America/Halifax', 'NB NS PE'],
  ['America/St_Johns America/Halifax', 'NL'],
  ['America/Whitehorse', 'YT'],
  ['America/Toronto America/Winnipeg America/Edmonton', 'NU'],
];

const AUSTRALIA: ZoneRows = [
  ['Australia/Sydney Australia/Broken_Hill', 'NSW'],
  ['Australia/Sydney', 'ACT VIC TAS'],
  ['Australia/Brisbane', 'QLD'],
  ['Australia/Darwin', 'NT'],
  ['Australia/Adelaide', 'SA'],
  ['Australia/Perth', 'WA'],
];

const BRAZIL: ZoneRows = [
  ['America/Sao_Paulo', 'AL AP BA CE DF ES GO MA MG PA PB PR PI RJ RN RS SC SP SE TO'],
  ['America/Sao_Paulo America/Noronha', 'PE'],
  ['America/Manaus', 'MT MS RO RR'],
  ['America/Manaus America/Rio_Branco', 'AM'],
  ['America/Rio_Branco', 'AC'],
];

function byCode(rows: ZoneRows): ReadonlyMap<string, readonly string[]> {
  return new Map(rows.flatMap(([zones, codes]) => list(codes).map((code) => [code, list(zones)] as const)));
}

export const PROVINCE_ZONES: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map([
  ['ID', byCode(INDONESIA)],
  ['US', byCode(UNITED_STATES)],
  ['CA', byCode(CANADA)],
  ['AU', byCode(AUSTRALIA)],
  ['BR', byCode(BRAZIL)],
]);

/** Area codes of the United States and Canada. One that is not here may be anywhere. */
export const AREA_ZONES: ReadonlyMap<string, readonly string[]> = byCode([
  [
    'America/New_York',
    '201 202 203 207 212 215 216 220 223 227 229 234 239 240 248 252 260 267 272 276 283 301 302 304 305 313 315 317 321 326 330 332 ' +
      '336 339 347 351 352 380 386 401 404 407 410 412 413 419 434 440 443 445 463 470 475 478 484 502 508 513 516 517 518 540 551 ' +
      '561 567 570 571 582 585 586 603 607 609 610 614 616 617 631 640 646 656 667 678 680 681 689 703 704 706 716 717 718 724 ' +
      '727 732 734 740 743 754 757 762 765 770 771 772 774 781 786 802 803 804 810 813 814 828 835 838 839 843 845 848 854 856 857 ' +
      '859 860 862 863 864 865 878 904 908 910 912 914 917 919 929 934 937 941 943 947 948 954 959 973 978 980 984 989 231 269 679',
  ],
  ['America/New_York America/Chicago', '219 270 364 423 448 574 606 812 850 906 930'],
  [
    'America/Chicago',
    '205 210 214 217 218 224 225 228 251 254 256 262 281 309 312 314 316 318 319 320 325 331 334 337 346 361 402 405 409 414 417 ' +
      '430 432 447 464 469 479 501 504 507 512 515 531 534 539 557 563 572 573 580 601 608 612 615 618 629 630 636 641 651 659 660 662 ' +
      '682 708 712 713 715 726 731 737 763 769 773 779 806 815 816 817 830 832 847 870 872 901 903 913 918 920 931 936 938 940 945 ' +
      '952 956 972 975 979 985',
  ],
  ['America/Chicago America/Denver', '308 605 620 701 785'],
  ['America/Denver', '303 307 385 406 435 505 575 719 720 801 915 970 983'],
  ['America/Phoenix', '480 520 602 623'],
  ['America/Phoenix America/Denver', '928'],
  ['America/Denver America/Los_Angeles', '208 458 541 775 986'],
  [
    'America/Los_Angeles',
    '206 209 213 253 279 310 323 341 350 360 408 415 424 425 442 503 509 510 530 559 562 564 619 626 628 650 657 661 669 702 707 714 ' +
      '725 747 760 805 818 820 831 840 858 909 916 925 949 951 971',
  ],
  ['America/Anchorage America/Adak', '907'],
  ['Pacific/Honolulu', '808'],
  ['America/Vancouver', '604'],
  ['America/Vancouver America/Edmonton', '236 250 257 672 778'],
  ['America/Edmonton', '368 403 587 780 825'],
  ['America/Regina America/Edmonton', '306 474 639'],
  ['America/Winnipeg', '204 431 584'],
  ['America/Toronto America/Winnipeg', '807'],
  ['America/Toronto', '226 249 289 343 365 382 416 437 438 450 514 519 548 613 647 683 705 742 753 905'],
  ['America/Toronto America/Halifax', '263 354 367 418 468 579 581 819 873'],
  ['America/Halifax', '428 506 782 902'],
  ['America/St_Johns America/Halifax', '709 879'],
]);
