//! Whether a learner is reminded now: a pure function of what is known about them.
//!
//! 1. Never: in quiet hours, twice a day, after a farewell until the learner is back.
//! 2. A row of a review plan that falls due justifies its day's reminder.
//! 3. Other items are worth a reminder by what waiting costs: the session is full, or waiting until the next possible
//!    reminder loses at least two memories, or no fuller session comes within a week.
//! 4. Each ignored reminder makes the gap to the next longer. After a month of silence comes a farewell.
//!
//! The rule of cost is that of Orbit (<https://github.com/andymatuschak/orbit>, `reviewSessionScheduling.ts`), with
//! predicted recall in the place of its fixed curve.

use jiff::{SignedDuration, Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};

use crate::retention::day;

/// The most items that a session is expected to have, however much a learner allows.
pub const FULL_SESSION: u32 = 50;

/// So many memories lost are worth a reminder.
const MEMORIES_WORTH_A_REMINDER: f32 = 2.0;

/// How far ahead a fuller session may be for waiting to be better.
pub const WEEK_DAYS: u32 = 7;

/// After so many days without a sign of the learner they are left alone.
const SILENCE_DAYS: i64 = 30;

/// Days between two reminders by how many were ignored before; the last number goes on.
const GAP_DAYS: [u32; 4] = [1, 2, 4, 7];

/// Reminders are at least so far apart, also for somebody whose day moved because they changed their time zone.
const SHORTEST_GAP: SignedDuration = SignedDuration::from_hours(12);

/// Hours in which nothing is sent, in the learner's time zone; where both are equal nothing is quiet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// The hour at which they begin.
    pub from_hour: i8,
    /// The hour at which they end.
    pub until_hour: i8,
}

impl QuietHours {
    /// Whether `hour` is one of them.
    pub fn contain(self, hour: i8) -> bool {
        let QuietHours {
            from_hour: from,
            until_hour: until,
        } = self;
        if from <= until {
            (from..until).contains(&hour)
        } else {
            hour >= from || hour < until
        }
    }
}

/// What was sent to the learner before.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sent {
    /// The latest reminder: the learner's day, and the moment.
    pub last: Option<(Date, Timestamp)>,
    /// How many came since the learner last answered or finished something.
    pub ignored: u32,
    /// Whether one of those was the farewell.
    pub farewell: bool,
}

/// Everything that the decision depends on.
pub struct Situation<'a> {
    /// The moment.
    pub now: Timestamp,
    /// Where the learner is.
    pub time_zone: &'a TimeZone,
    /// The hour at which their days begin.
    pub day_starts_at_hour: i8,
    /// When they want silence.
    pub quiet: QuietHours,
    /// Rows of review plans that are due and that no reminder has named yet.
    pub new_plan_rows: u32,
    /// Everything that is due, those rows included.
    pub due: u32,
    /// So many items make a full session: the smaller of the learner's daily limit and [`FULL_SESSION`].
    pub full_session: u32,
    /// How many of the items due now the learner is predicted to recall on a day; it never rises from day to day.
    pub recalled_on: &'a dyn Fn(Date) -> f32,
    /// Whether more will be due within a week than is now.
    pub fuller_within_week: bool,
    /// What was sent before.
    pub sent: Sent,
    /// When the learner last answered or finished something.
    pub last_active_at: Option<Timestamp>,
}

/// Why a reminder is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A row of a review plan is due.
    PlanRow,
    /// There is enough for a full session.
    FullSession,
    /// Waiting would lose at least two memories.
    CostOfWaiting,
    /// No fuller session comes within a week.
    NothingFuller,
    /// The learner has been silent for a month.
    Farewell,
}

/// Why none is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Nothing is due.
    NothingDue,
    /// The learner wants silence at this hour.
    QuietHours,
    /// One was sent today.
    AlreadyToday,
    /// The last ones were ignored, and the longer gap is not over.
    Ignored,
    /// The farewell was said.
    SaidFarewell,
    /// A fuller session comes within a week, and waiting for it costs little.
    FullerSessionComing,
}

/// The decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A reminder is sent.
    Send(Reason),
    /// None is sent; before the given moment nothing but the learner can change that.
    Hold(Hold, Timestamp),
}

/// Decides.
pub fn decide(situation: &Situation) -> Decision {
    let local = situation.now.to_zoned_datetime(situation.time_zone.clone());
    let today = day::of(
        situation.now,
        situation.time_zone,
        situation.day_starts_at_hour,
    );
    let tomorrow = || situation.morning_of(day::after(today, 1));
    let hold = |why| Decision::Hold(why, tomorrow());

    let sent = situation.sent;
    if sent.ignored > 0 && sent.farewell {
        return hold(Hold::SaidFarewell);
    }
    if let Some((last_on, last_at)) = sent.last
        // A clock that was set back must not make a second reminder of one day.
        && (last_on >= today || situation.now.duration_since(last_at) < SHORTEST_GAP)
    {
        return hold(Hold::AlreadyToday);
    }
    if situation.quiet.contain(local.hour()) {
        return Decision::Hold(Hold::QuietHours, situation.end_of_quiet_hours(&local));
    }
    if sent.ignored > 0 && situation.is_silent() {
        return Decision::Send(Reason::Farewell);
    }
    if situation.due == 0 {
        return hold(Hold::NothingDue);
    }
    if situation.new_plan_rows > 0 {
        return Decision::Send(Reason::PlanRow);
    }
    let gap_days = gap_days(sent.ignored);
    if let Some((last_on, _)) = sent.last
        && today < day::after(last_on, gap_days)
    {
        return hold(Hold::Ignored);
    }
    if situation.due >= situation.full_session {
        return Decision::Send(Reason::FullSession);
    }
    // If this one is ignored too, the next comes after that gap; if not, tomorrow.
    let next = day::after(today, 1);
    let lost = (situation.recalled_on)(today) - (situation.recalled_on)(next);
    if lost >= MEMORIES_WORTH_A_REMINDER {
        return Decision::Send(Reason::CostOfWaiting);
    }
    if !situation.fuller_within_week {
        return Decision::Send(Reason::NothingFuller);
    }
    hold(Hold::FullerSessionComing)
}

/// Days from a reminder to the next after `ignored` ones without an answer.
pub fn gap_days(ignored: u32) -> u32 {
    let place = usize::try_from(ignored).unwrap_or(usize::MAX);
    GAP_DAYS[place.min(GAP_DAYS.len() - 1)]
}

impl Situation<'_> {
    fn is_silent(&self) -> bool {
        self.last_active_at.is_some_and(|last| {
            self.now.duration_since(last) >= SignedDuration::from_hours(24 * SILENCE_DAYS)
        })
    }

    /// The first moment of the learner's day `date`. Quiet hours are looked at when it has come.
    fn morning_of(&self, date: Date) -> Timestamp {
        let start = date.at(self.day_starts_at_hour, 0, 0, 0);
        self.time_zone
            .to_ambiguous_zoned_datetime(start)
            .compatible()
            .map_or(self.now + SignedDuration::from_hours(24), |start| {
                start.timestamp()
            })
            // Where a change of the clocks moves it before now, an hour is soon enough.
            .max(self.now + SignedDuration::from_hours(1))
    }

    fn end_of_quiet_hours(&self, local: &ZonedDateTime) -> Timestamp {
        let until = self.quiet.until_hour;
        let date = if local.hour() >= until {
            day::after(local.date(), 1)
        } else {
            local.date()
        };
        self.time_zone
            .to_ambiguous_zoned_datetime(date.at(until, 0, 0, 0))
            .compatible()
            .map_or(self.now + SignedDuration::from_hours(1), |end| {
                end.timestamp()
            })
            .max(self.now + SignedDuration::from_mins(1))
    }
}

impl Reason {
    /// The word in the database and in the output of `latency-lab remind`.
    pub fn word(self) -> &'static str {
        match self {
            Reason::PlanRow => "plan_row",
            Reason::FullSession => "full_session",
            Reason::CostOfWaiting => "cost_of_waiting",
            Reason::NothingFuller => "nothing_fuller",
            Reason::Farewell => "farewell",
        }
    }
}

impl Hold {
    /// The word in the output of `latency-lab remind`.
    pub fn word(self) -> &'static str {
        match self {
            Hold::NothingDue => "nothing_due",
            Hold::QuietHours => "quiet_hours",
            Hold::AlreadyToday => "already_today",
            Hold::Ignored => "ignored",
            Hold::SaidFarewell => "said_farewell",
            Hold::FullerSessionComing => "fuller_session_coming",
        }
    }
}
