//! What the pages about reminders say, and those that links in letters lead to.

mod bg;
mod en;

pub(super) use bg::REMINDERS as BULGARIAN;
pub(super) use en::REMINDERS as ENGLISH;

use crate::text::Counted;

/// The words in one language.
pub(crate) struct RemindersText {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    /// What was done, in the order of `Done::ALL`.
    pub(crate) done: [&'static str; 6],
    pub(crate) mail: &'static str,
    pub(crate) mail_not_configured: &'static str,
    pub(crate) address: &'static str,
    pub(crate) other_address: &'static str,
    pub(crate) leave_address: &'static str,
    pub(crate) unconfirmed: &'static str,
    pub(crate) confirmed: &'static str,
    pub(crate) parked: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) when: &'static str,
    pub(crate) rule: &'static str,
    pub(crate) by_mail: &'static str,
    pub(crate) quiet: &'static str,
    pub(crate) quiet_from: &'static str,
    pub(crate) quiet_until: &'static str,
    pub(crate) time_zone: &'static str,
    pub(crate) save: &'static str,
    pub(crate) push: &'static str,
    pub(crate) push_lead: &'static str,
    pub(crate) browsers: Counted,
    pub(crate) push_begin: &'static str,
    pub(crate) push_end: &'static str,
    pub(crate) push_working: &'static str,
    pub(crate) push_done: &'static str,
    pub(crate) push_denied: &'static str,
    pub(crate) push_failed: &'static str,
    pub(crate) push_unsupported: &'static str,
    pub(crate) push_needs_scripts: &'static str,
    pub(crate) calendar: &'static str,
    pub(crate) calendar_lead: &'static str,
    pub(crate) calendar_url: &'static str,
    pub(crate) calendar_secret: &'static str,
    pub(crate) calendar_begin: &'static str,
    pub(crate) calendar_renew: &'static str,
    pub(crate) calendar_end: &'static str,
    pub(crate) confirm_page: LinkWords,
    pub(crate) enter_page: LinkWords,
    pub(crate) unsubscribe_page: LinkWords,
    pub(crate) unsubscribed_page: LinkWords,
}

/// The words of a page that a link leads to.
pub(crate) struct LinkWords {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) button: &'static str,
}
