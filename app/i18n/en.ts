/** All texts of one language, a file a subject. Written by `npm run codegen`. */
import adjust from './en/adjust.json' with { type: 'json' };
import application_mail from './en/application_mail.json' with { type: 'json' };
import applications from './en/applications.json' with { type: 'json' };
import apply from './en/apply.json' with { type: 'json' };
import backfill from './en/backfill.json' with { type: 'json' };
import balance from './en/balance.json' with { type: 'json' };
import campaigns from './en/campaigns.json' with { type: 'json' };
import claims from './en/claims.json' with { type: 'json' };
import club from './en/club.json' with { type: 'json' };
import club_card from './en/club_card.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import compare from './en/compare.json' with { type: 'json' };
import completeness from './en/completeness.json' with { type: 'json' };
import costs from './en/costs.json' with { type: 'json' };
import countries from './en/countries.json' with { type: 'json' };
import customer from './en/customer.json' with { type: 'json' };
import customer_detail from './en/customer_detail.json' with { type: 'json' };
import customer_form from './en/customer_form.json' with { type: 'json' };
import customer_list from './en/customer_list.json' with { type: 'json' };
import customers from './en/customers.json' with { type: 'json' };
import errors from './en/errors.json' with { type: 'json' };
import events from './en/events.json' with { type: 'json' };
import explain from './en/explain.json' with { type: 'json' };
import exports from './en/exports.json' with { type: 'json' };
import gifts from './en/gifts.json' with { type: 'json' };
import home from './en/home.json' with { type: 'json' };
import import_template from './en/import_template.json' with { type: 'json' };
import imports from './en/imports.json' with { type: 'json' };
import invitations from './en/invitations.json' with { type: 'json' };
import kept_tag from './en/kept_tag.json' with { type: 'json' };
import landing from './en/landing.json' with { type: 'json' };
import ledger from './en/ledger.json' with { type: 'json' };
import ledger_page from './en/ledger_page.json' with { type: 'json' };
import mail from './en/mail.json' with { type: 'json' };
import members_only from './en/members_only.json' with { type: 'json' };
import membership from './en/membership.json' with { type: 'json' };
import messages from './en/messages.json' with { type: 'json' };
import messaging from './en/messaging.json' with { type: 'json' };
import moves from './en/moves.json' with { type: 'json' };
import nav from './en/nav.json' with { type: 'json' };
import notes from './en/notes.json' with { type: 'json' };
import offers from './en/offers.json' with { type: 'json' };
import opt_outs from './en/opt_outs.json' with { type: 'json' };
import orders from './en/orders.json' with { type: 'json' };
import payout from './en/payout.json' with { type: 'json' };
import photos from './en/photos.json' with { type: 'json' };
import pricing from './en/pricing.json' with { type: 'json' };
import privacy from './en/privacy.json' with { type: 'json' };
import products from './en/products.json' with { type: 'json' };
import programs from './en/programs.json' with { type: 'json' };
import push from './en/push.json' with { type: 'json' };
import regions from './en/regions.json' with { type: 'json' };
import reports from './en/reports.json' with { type: 'json' };
import rewards from './en/rewards.json' with { type: 'json' };
import rfm from './en/rfm.json' with { type: 'json' };
import segment_list from './en/segment_list.json' with { type: 'json' };
import segment_query from './en/segment_query.json' with { type: 'json' };
import segments from './en/segments.json' with { type: 'json' };
import sending from './en/sending.json' with { type: 'json' };
import settings from './en/settings.json' with { type: 'json' };
import shopify_segments from './en/shopify_segments.json' with { type: 'json' };
import sms_history from './en/sms_history.json' with { type: 'json' };
import snapshots from './en/snapshots.json' with { type: 'json' };
import stop_page from './en/stop_page.json' with { type: 'json' };
import sync from './en/sync.json' with { type: 'json' };
import tags from './en/tags.json' with { type: 'json' };
import templates from './en/templates.json' with { type: 'json' };
import timeline from './en/timeline.json' with { type: 'json' };
import units from './en/units.json' with { type: 'json' };
import wallet from './en/wallet.json' with { type: 'json' };
import ways from './en/ways.json' with { type: 'json' };

const texts = {
  adjust,
  application_mail,
  applications,
  apply,
  backfill,
  balance,
  campaigns,
  claims,
  club,
  club_card,
  common,
  compare,
  completeness,
  costs,
  countries,
  customer,
  customer_detail,
  customer_form,
  customer_list,
  customers,
  errors,
  events,
  explain,
  exports,
  gifts,
  home,
  import_template,
  imports,
  invitations,
  kept_tag,
  landing,
  ledger,
  ledger_page,
  mail,
  members_only,
  membership,
  messages,
  messaging,
  moves,
  nav,
  notes,
  offers,
  opt_outs,
  orders,
  payout,
  photos,
  pricing,
  privacy,
  products,
  programs,
  push,
  regions,
  reports,
  rewards,
  rfm,
  segment_list,
  segment_query,
  segments,
  sending,
  settings,
  shopify_segments,
  sms_history,
  snapshots,
  stop_page,
  sync,
  tags,
  templates,
  timeline,
  units,
  wallet,
  ways,
};

export default texts;
