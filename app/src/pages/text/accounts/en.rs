//! English.

use super::AccountsText;

pub(crate) const ACCOUNTS: AccountsText = AccountsText {
    title: "Account and signing in",
    lead: "With an account your progress depends on no single browser: sign in on another device, and both histories become one.",
    no_account: "You are learning without an account. Your progress is kept for this browser only.",
    signed_in_as: "You are signed in as",
    roles: ["learner", "instructor", "administrator"],
    sign_out: "Sign out of this browser",
    sessions: "Browsers",
    sessions_lead: "We know you in these. If there is one that you do not recognise, sign it out and change your password.",
    unknown_browser: "Unknown browser",
    this_browser: "This browser",
    since: "since",
    revoke: "Sign it out",
    sign_in: "Sign in",
    sign_in_lead: "What you learned in this browser will be added to your account.",
    register: "Create an account",
    register_lead: "We will send you a link with which you choose a password. Open it in this browser to keep your progress.",
    register_here_lead: "Your progress in this browser stays yours. Remember your password: this installation sends no e-mail, so it cannot send you a new one.",
    forgotten: "Forgotten password",
    forgotten_lead: "We will send you a link with which you choose a new password. We will then sign you out of every browser.",
    send_link: "Send me a link",
    letter_sent: "Look at your mail",
    letter_sent_lead: "If the address is right, the letter arrives within a minute. Look for it among junk mail too.",
    choose: "Choose a password",
    choose_lead: "With it and your e-mail address you sign in on any device.",
    choose_button: "Save the password",
    email: "E-mail address",
    password: "Password",
    password_rule: "At least 10 characters. A few words that you remember are better than a short row of signs.",
};
