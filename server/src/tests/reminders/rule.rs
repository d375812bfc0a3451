//! The rule alone.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use proptest::prelude::*;

use crate::{
    reminders::rule::{self, Decision, FULL_SESSION, Hold, QuietHours, Reason, Sent, Situation},
    retention::day,
};

/// 10:00 in Sofia on 24 November 2026.
const MORNING: &str = "2026-11-24T08:00:00Z";

const QUIET: QuietHours = QuietHours {
    from_hour: 21,
    until_hour: 8,
};

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn sofia() -> TimeZone {
    TimeZone::get("Europe/Sofia").expect("a zone")
}

fn nothing_is_lost(_: Date) -> f32 {
    0.0
}

/// Somebody who has three items due, was never reminded, and for whom a fuller session comes.
fn situation(time_zone: &TimeZone) -> Situation<'_> {
    Situation {
        now: at(MORNING),
        time_zone,
        day_starts_at_hour: 4,
        quiet: QUIET,
        new_plan_rows: 0,
        due: 3,
        full_session: FULL_SESSION,
        recalled_on: &nothing_is_lost,
        fuller_within_week: true,
        sent: Sent::default(),
        last_active_at: Some(at("2026-11-23T08:00:00Z")),
    }
}

fn reason(situation: &Situation) -> Result<Reason, Hold> {
    match rule::decide(situation) {
        Decision::Send(reason) => Ok(reason),
        Decision::Hold(hold, _) => Err(hold),
    }
}

#[test]
fn a_few_items_wait_for_a_fuller_session() {
    let zone = sofia();
    assert_eq!(reason(&situation(&zone)), Err(Hold::FullerSessionComing));
}

#[test]
fn a_row_of_a_plan_is_reminded_of_on_its_day_even_after_reminders_that_were_ignored() {
    let zone = sofia();
    let yesterday = (day::after(Date::constant(2026, 11, 24), 0), at(MORNING));
    let mut situation = situation(&zone);
    situation.new_plan_rows = 1;
    assert_eq!(reason(&situation), Ok(Reason::PlanRow));
    situation.now += SignedDuration::from_hours(24);
    situation.sent = Sent {
        last: Some(yesterday),
        ignored: 3,
        farewell: false,
    };
    assert_eq!(reason(&situation), Ok(Reason::PlanRow));
    situation.new_plan_rows = 0;
    situation.fuller_within_week = false;
    assert_eq!(reason(&situation), Err(Hold::Ignored));
}

#[test]
fn a_full_session_is_worth_a_reminder() {
    let zone = sofia();
    let mut situation = situation(&zone);
    situation.due = 49;
    assert_eq!(reason(&situation), Err(Hold::FullerSessionComing));
    situation.due = 50;
    assert_eq!(reason(&situation), Ok(Reason::FullSession));
    situation.full_session = 20;
    situation.due = 20;
    assert_eq!(reason(&situation), Ok(Reason::FullSession));
}

#[test]
fn two_memories_lost_by_waiting_a_day_are_worth_a_reminder() {
    let zone = sofia();
    let today = Date::constant(2026, 11, 24);
    let loses = |lost: f32| move |date: Date| if date <= today { 10.0 } else { 10.0 - lost };
    let (little, enough) = (loses(1.9), loses(2.0));
    let mut situation = situation(&zone);
    situation.recalled_on = &little;
    assert_eq!(reason(&situation), Err(Hold::FullerSessionComing));
    situation.recalled_on = &enough;
    assert_eq!(reason(&situation), Ok(Reason::CostOfWaiting));
}

#[test]
fn what_will_not_become_a_fuller_session_is_worth_a_reminder_now() {
    let zone = sofia();
    let mut situation = situation(&zone);
    situation.fuller_within_week = false;
    assert_eq!(reason(&situation), Ok(Reason::NothingFuller));
    situation.due = 0;
    assert_eq!(reason(&situation), Err(Hold::NothingDue));
}

#[test]
fn after_a_month_of_silence_comes_one_farewell_and_then_nothing_until_the_learner_is_back() {
    let zone = sofia();
    let mut situation = situation(&zone);
    situation.new_plan_rows = 1;
    situation.last_active_at = Some(situation.now - SignedDuration::from_hours(24 * 30));
    situation.sent = Sent {
        last: Some((Date::constant(2026, 11, 20), at("2026-11-20T08:00:00Z"))),
        ignored: 4,
        farewell: false,
    };
    assert_eq!(reason(&situation), Ok(Reason::Farewell));
    situation.sent.farewell = true;
    situation.now += SignedDuration::from_hours(24 * 100);
    assert_eq!(reason(&situation), Err(Hold::SaidFarewell));
    situation.sent.ignored = 0;
    situation.sent.farewell = false;
    situation.last_active_at = Some(situation.now - SignedDuration::from_hours(24));
    assert_eq!(reason(&situation), Ok(Reason::PlanRow));
}

#[test]
fn quiet_hours_may_span_midnight_or_be_none() {
    let night: Vec<i8> = (0..24).filter(|hour| QUIET.contain(*hour)).collect();
    assert_eq!(night, [0, 1, 2, 3, 4, 5, 6, 7, 21, 22, 23]);
    let noon = QuietHours {
        from_hour: 12,
        until_hour: 14,
    };
    assert!(noon.contain(12) && noon.contain(13) && !noon.contain(14) && !noon.contain(0));
    let none = QuietHours {
        from_hour: 5,
        until_hour: 5,
    };
    assert!((0..24).all(|hour| !none.contain(hour)));
}

prop_compose! {
    /// A learner anywhere, at any time of these years, with any history.
    fn anybody()(
        second in 1_600_000_000_i64..2_200_000_000,
        zone in prop::sample::select(vec!["Europe/Sofia", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu", "Antarctica/Troll", "UTC"]),
        day_starts_at_hour in 0..24_i8,
        from_hour in 0..24_i8,
        until_hour in 0..24_i8,
        counts in (0..3_u32, 0..80_u32, 1..60_u32),
        lost in 0.0..5.0_f32,
        fuller_within_week: bool,
        sent in prop::option::of((0..60 * 24_i64, 0..9_u32, any::<bool>())),
        active in prop::option::of(0..90 * 24_i64),
    ) -> Anybody {
        Anybody {
            now: Timestamp::from_second(second).expect("a moment"),
            zone: TimeZone::get(zone).expect("a zone"),
            day_starts_at_hour,
            quiet: QuietHours { from_hour, until_hour },
            counts,
            lost,
            fuller_within_week,
            sent,
            active,
        }
    }
}

#[derive(Debug)]
struct Anybody {
    now: Timestamp,
    zone: TimeZone,
    day_starts_at_hour: i8,
    quiet: QuietHours,
    counts: (u32, u32, u32),
    lost: f32,
    fuller_within_week: bool,
    sent: Option<(i64, u32, bool)>,
    active: Option<i64>,
}

impl Anybody {
    fn today(&self, now: Timestamp) -> Date {
        day::of(now, &self.zone, self.day_starts_at_hour)
    }

    fn last(&self) -> Option<(Date, Timestamp)> {
        let (hours_ago, ..) = self.sent?;
        let at = self.now - SignedDuration::from_hours(hours_ago);
        Some((self.today(at), at))
    }

    fn decide(&self, now: Timestamp) -> Decision {
        let start = self.today(self.now);
        let lost = self.lost;
        let recalled_on = move |date: Date| {
            #[expect(clippy::cast_precision_loss, reason = "a few days")]
            let days = day::between(start, date) as f32;
            50.0 - lost * days
        };
        let (plan, others, full_session) = self.counts;
        rule::decide(&Situation {
            now,
            time_zone: &self.zone,
            day_starts_at_hour: self.day_starts_at_hour,
            quiet: self.quiet,
            new_plan_rows: plan,
            due: plan + others,
            full_session,
            recalled_on: &recalled_on,
            fuller_within_week: self.fuller_within_week,
            sent: Sent {
                last: self.last(),
                ignored: self.sent.map_or(0, |(_, ignored, _)| ignored),
                farewell: self.sent.is_some_and(|(.., farewell)| farewell),
            },
            last_active_at: self
                .active
                .map(|hours| self.now - SignedDuration::from_hours(hours)),
        })
    }
}

proptest! {
    #[test]
    fn nothing_is_ever_sent_in_quiet_hours_or_twice_a_day(anybody in anybody()) {
        if let Decision::Send(_) = anybody.decide(anybody.now) {
            let local = anybody.now.to_zoned_datetime(anybody.zone.clone());
            prop_assert!(!anybody.quiet.contain(local.hour()));
            if let Some((last_on, _)) = anybody.last() {
                prop_assert!(last_on < anybody.today(anybody.now));
            }
        }
    }

    #[test]
    fn a_due_row_of_a_plan_is_held_back_only_by_quiet_hours_or_by_todays_reminder_or_a_farewell(anybody in anybody()) {
        if anybody.counts.0 > 0
            && let Decision::Hold(hold, _) = anybody.decide(anybody.now)
        {
            prop_assert!(matches!(hold, Hold::QuietHours | Hold::AlreadyToday | Hold::SaidFarewell), "{hold:?}");
        }
    }

    #[test]
    fn whoever_is_held_is_looked_at_again_later_and_not_too_late(anybody in anybody()) {
        if let Decision::Hold(hold, until) = anybody.decide(anybody.now) {
            prop_assert!(until > anybody.now, "{hold:?}");
            prop_assert!(until.duration_since(anybody.now) <= SignedDuration::from_hours(50), "{hold:?} {until}");
            if hold == Hold::QuietHours {
                let local = until.to_zoned_datetime(anybody.zone.clone());
                prop_assert!(!anybody.quiet.contain(local.hour()), "{local}");
            }
        }
    }

    #[test]
    fn the_more_were_ignored_the_longer_is_the_gap(ignored in 0..1_000_u32) {
        prop_assert!(rule::gap_days(ignored) <= rule::gap_days(ignored + 1));
        prop_assert!((1..=7).contains(&rule::gap_days(ignored)));
    }
}
