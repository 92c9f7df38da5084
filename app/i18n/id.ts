/** All texts of one language, a file a subject. Written by `npm run codegen`. */
import adjust from './id/adjust.json' with { type: 'json' };
import application_mail from './id/application_mail.json' with { type: 'json' };
import applications from './id/applications.json' with { type: 'json' };
import apply from './id/apply.json' with { type: 'json' };
import backfill from './id/backfill.json' with { type: 'json' };
import balance from './id/balance.json' with { type: 'json' };
import campaigns from './id/campaigns.json' with { type: 'json' };
import claims from './id/claims.json' with { type: 'json' };
import club from './id/club.json' with { type: 'json' };
import club_card from './id/club_card.json' with { type: 'json' };
import common from './id/common.json' with { type: 'json' };
import compare from './id/compare.json' with { type: 'json' };
import completeness from './id/completeness.json' with { type: 'json' };
import costs from './id/costs.json' with { type: 'json' };
import countries from './id/countries.json' with { type: 'json' };
import customer from './id/customer.json' with { type: 'json' };
import customer_detail from './id/customer_detail.json' with { type: 'json' };
import customer_form from './id/customer_form.json' with { type: 'json' };
import customer_list from './id/customer_list.json' with { type: 'json' };
import customers from './id/customers.json' with { type: 'json' };
import errors from './id/errors.json' with { type: 'json' };
import events from './id/events.json' with { type: 'json' };
import explain from './id/explain.json' with { type: 'json' };
import exports from './id/exports.json' with { type: 'json' };
import gifts from './id/gifts.json' with { type: 'json' };
import home from './id/home.json' with { type: 'json' };
import import_template from './id/import_template.json' with { type: 'json' };
import imports from './id/imports.json' with { type: 'json' };
import invitations from './id/invitations.json' with { type: 'json' };
import kept_tag from './id/kept_tag.json' with { type: 'json' };
import landing from './id/landing.json' with { type: 'json' };
import ledger from './id/ledger.json' with { type: 'json' };
import ledger_page from './id/ledger_page.json' with { type: 'json' };
import mail from './id/mail.json' with { type: 'json' };
import members_only from './id/members_only.json' with { type: 'json' };
import membership from './id/membership.json' with { type: 'json' };
import messages from './id/messages.json' with { type: 'json' };
import messaging from './id/messaging.json' with { type: 'json' };
import moves from './id/moves.json' with { type: 'json' };
import nav from './id/nav.json' with { type: 'json' };
import notes from './id/notes.json' with { type: 'json' };
import offers from './id/offers.json' with { type: 'json' };
import opt_outs from './id/opt_outs.json' with { type: 'json' };
import orders from './id/orders.json' with { type: 'json' };
import payout from './id/payout.json' with { type: 'json' };
import photos from './id/photos.json' with { type: 'json' };
import pricing from './id/pricing.json' with { type: 'json' };
import privacy from './id/privacy.json' with { type: 'json' };
import products from './id/products.json' with { type: 'json' };
import programs from './id/programs.json' with { type: 'json' };
import push from './id/push.json' with { type: 'json' };
import regions from './id/regions.json' with { type: 'json' };
import reports from './id/reports.json' with { type: 'json' };
import rewards from './id/rewards.json' with { type: 'json' };
import rfm from './id/rfm.json' with { type: 'json' };
import segment_list from './id/segment_list.json' with { type: 'json' };
import segment_query from './id/segment_query.json' with { type: 'json' };
import segments from './id/segments.json' with { type: 'json' };
import sending from './id/sending.json' with { type: 'json' };
import settings from './id/settings.json' with { type: 'json' };
import shopify_segments from './id/shopify_segments.json' with { type: 'json' };
import sms_history from './id/sms_history.json' with { type: 'json' };
import snapshots from './id/snapshots.json' with { type: 'json' };
import stop_page from './id/stop_page.json' with { type: 'json' };
import sync from './id/sync.json' with { type: 'json' };
import tags from './id/tags.json' with { type: 'json' };
import templates from './id/templates.json' with { type: 'json' };
import timeline from './id/timeline.json' with { type: 'json' };
import units from './id/units.json' with { type: 'json' };
import wallet from './id/wallet.json' with { type: 'json' };
import ways from './id/ways.json' with { type: 'json' };

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
