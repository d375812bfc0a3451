//! What the pages about accounts say.

mod bg;
mod en;

pub(super) use bg::ACCOUNTS as BULGARIAN;
pub(super) use en::ACCOUNTS as ENGLISH;

/// The words in one language.
pub(crate) struct AccountsText {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) no_account: &'static str,
    pub(crate) signed_in_as: &'static str,
    /// Learner, instructor, administrator.
    pub(crate) roles: [&'static str; 3],
    pub(crate) people: &'static str,
    pub(crate) people_lead: &'static str,
    pub(crate) role: &'static str,
    pub(crate) save_role: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) sessions: &'static str,
    pub(crate) sessions_lead: &'static str,
    pub(crate) unknown_browser: &'static str,
    pub(crate) this_browser: &'static str,
    pub(crate) last_used: &'static str,
    pub(crate) revoke: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) sign_in_lead: &'static str,
    pub(crate) register: &'static str,
    pub(crate) register_lead: &'static str,
    pub(crate) register_here_lead: &'static str,
    pub(crate) forgotten: &'static str,
    pub(crate) forgotten_lead: &'static str,
    pub(crate) send_link: &'static str,
    pub(crate) letter_sent: &'static str,
    pub(crate) letter_sent_lead: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) choose_lead: &'static str,
    pub(crate) choose_button: &'static str,
    pub(crate) email: &'static str,
    pub(crate) password: &'static str,
    pub(crate) password_rule: &'static str,
}
