//! What letters and messages say.

use app::text::Language;

/// The words of letters in one language.
pub struct MailText {
    /// How a letter begins.
    pub greeting: &'static str,
    /// How a letter ends.
    pub signature: &'static str,
    /// The subject of the letter that confirms an address.
    pub confirm_subject: &'static str,
    /// What it says.
    pub confirm: &'static str,
    /// What its link does.
    pub confirm_link: &'static str,
    /// What to do with a letter that nobody asked for.
    pub not_asked: &'static str,
    /// The subject of a reminder about so many questions.
    pub reminder_subject: fn(usize) -> String,
    /// What a reminder says by its reason: a row of a plan, and everything else.
    pub reminder_of_plan: &'static str,
    /// The other reasons.
    pub reminder_of_memory: &'static str,
    /// How many questions are not listed.
    pub and_more: fn(usize) -> String,
    /// What the link of a reminder does.
    pub review_link: &'static str,
    /// That the link works once.
    pub link_once: &'static str,
    /// The subject of a farewell.
    pub farewell_subject: &'static str,
    /// What a farewell says.
    pub farewell: &'static str,
    /// How to get no more.
    pub unsubscribe: &'static str,
    /// The title of a day in the calendar with so many questions.
    pub calendar_day: fn(usize) -> String,
    /// The name of the calendar.
    pub calendar_name: &'static str,
    /// The title of a plan row in the calendar, from the lesson.
    pub calendar_plan: fn(&str) -> String,
    /// The subject of the letter that finishes an account.
    pub register_subject: &'static str,
    /// What it says.
    pub register: &'static str,
    /// What its link does.
    pub register_link: &'static str,
    /// The subject of the letter to an address that has an account already.
    pub known_subject: &'static str,
    /// What it says.
    pub known: &'static str,
    /// What its link does.
    pub known_link: &'static str,
    /// The subject of the letter with which a new password is set.
    pub reset_subject: &'static str,
    /// What it says.
    pub reset: &'static str,
    /// What its link does.
    pub reset_link: &'static str,
}

impl MailText {
    /// The table of a language.
    pub fn of(language: Language) -> &'static MailText {
        match language {
            Language::Bulgarian => &BULGARIAN,
            Language::English => &ENGLISH,
        }
    }
}

const BULGARIAN: MailText = MailText {
    greeting: "Здравейте!",
    signature: "Latency Lab",
    confirm_subject: "Потвърдете адреса си за напомняния",
    confirm: "Някой, вероятно вие, поиска напомняния за преговор на този адрес. Ще започнем да пишем едва след като го потвърдите. Връзката важи три дни.",
    confirm_link: "Потвърдете адреса",
    not_asked: "Ако не сте го поискали, не правете нищо: няма да ви пишем повече.",
    reminder_subject: |count| match count {
        1 => "Един въпрос ви чака за преговор".to_owned(),
        count => format!("{count} въпроса ви чакат за преговор"),
    },
    reminder_of_plan: "Днес е денят, който планът за преговор на урока е определил. Опитайте да си отговорите, преди да отворите страницата:",
    reminder_of_memory: "Наученото започва да избледнява и точно сега припомнянето помага най-много. Опитайте да си отговорите, преди да отворите страницата:",
    and_more: |count| match count {
        1 => "и още един въпрос.".to_owned(),
        count => format!("и още {count} въпроса."),
    },
    review_link: "Към преговора",
    link_once: "Връзката ви вписва еднократно и важи една седмица. Не я препращайте.",
    farewell_subject: "Спираме да ви напомняме",
    farewell: "От месец не сте отговаряли на въпроси, затова това е последното ни напомняне. Въпросите и напредъкът ви остават на мястото си. Щом отговорите на някой въпрос, напомнянията започват отново сами.",
    unsubscribe: "Без повече напомняния по пощата",
    calendar_day: |count| match count {
        1 => "Преговор: един въпрос".to_owned(),
        count => format!("Преговор: {count} въпроса"),
    },
    calendar_name: "Преговор в Latency Lab",
    calendar_plan: |lesson| format!("Преговор по план: {lesson}"),
    register_subject: "Довършете регистрацията си",
    register: "Някой, вероятно вие, поиска профил с този адрес. Отворете връзката, за да го създадем и напредъкът ви да не зависи от един браузър. Тя важи едно денонощие.",
    register_link: "Създайте профила",
    known_subject: "Вече имате профил",
    known: "Някой, вероятно вие, поиска нов профил с този адрес, но с него вече има такъв. Впишете се с паролата си или задайте нова, ако сте я забравили.",
    known_link: "Впишете се",
    reset_subject: "Нова парола",
    reset: "Някой, вероятно вие, поиска нова парола за профила с този адрес. Връзката важи един час.",
    reset_link: "Задайте нова парола",
};

const ENGLISH: MailText = MailText {
    greeting: "Hello!",
    signature: "Latency Lab",
    confirm_subject: "Confirm your address for reminders",
    confirm: "Somebody, probably you, asked for review reminders at this address. We write only once you have confirmed it. The link is valid for three days.",
    confirm_link: "Confirm the address",
    not_asked: "If you did not ask for this, do nothing: we will not write again.",
    reminder_subject: |count| match count {
        1 => "One question is due for review".to_owned(),
        count => format!("{count} questions are due for review"),
    },
    reminder_of_plan: "Today is the day that the lesson's review plan has set. Try to answer before you open the page:",
    reminder_of_memory: "What you learned is beginning to fade, which is when recalling it helps most. Try to answer before you open the page:",
    and_more: |count| match count {
        1 => "and one more question.".to_owned(),
        count => format!("and {count} more questions."),
    },
    review_link: "Go to the review",
    link_once: "The link signs you in once and is valid for a week. Do not pass it on.",
    farewell_subject: "We will stop reminding you",
    farewell: "You have not answered a question for a month, so this is our last reminder. Your questions and your progress stay where they are. As soon as you answer a question, reminders begin again by themselves.",
    unsubscribe: "No more reminders by e-mail",
    calendar_day: |count| match count {
        1 => "Review: one question".to_owned(),
        count => format!("Review: {count} questions"),
    },
    calendar_name: "Latency Lab review",
    calendar_plan: |lesson| format!("Planned review: {lesson}"),
    register_subject: "Finish your registration",
    register: "Somebody, probably you, asked for an account with this address. Follow the link and we will create it, so that your progress no longer depends on one browser. It is valid for a day.",
    register_link: "Create the account",
    known_subject: "You already have an account",
    known: "Somebody, probably you, asked for a new account with this address, but it already has one. Sign in with your password, or set a new one if you have forgotten it.",
    known_link: "Sign in",
    reset_subject: "A new password",
    reset: "Somebody, probably you, asked for a new password for the account with this address. The link is valid for an hour.",
    reset_link: "Set a new password",
};
