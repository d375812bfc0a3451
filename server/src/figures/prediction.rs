//! How well recall is predicted for a synthetic class, and how long a fit takes.
//!
//! Each learner of the class has parameters of their own, drawn around the defaults, and one in twelve answers is a slip or a
//! lucky guess. They review when the default scheduler says so, a few days early or late. That the class follows a model of
//! the kind that predicts it flatters FSRS; what the figures show is what parameters of somebody else cost.

use std::time::Instant;

use app::api::{ItemId, Rating};
use jiff::civil::Date;

use crate::retention::{
    chance::Chance,
    day,
    fitting::{self, Logged},
    schedule::{Memory, Parameters, Scheduler, retrievability},
};

const LEARNERS: u64 = 40;
const ITEMS: i64 = 120;
const REVIEWS_EACH: usize = 10;

/// Prints the log losses and the time of a fit.
pub(super) fn print() {
    let class: Vec<Vec<Logged>> = (1..=LEARNERS).map(log).collect();
    let held_out: Vec<_> = class.iter().map(|log| fitting::divided(log).1).collect();
    let mean = |losses: Vec<f64>| losses.iter().sum::<f64>() / losses.len() as f64;
    let default = Parameters::default();
    let by_default = mean(
        held_out
            .iter()
            .map(|items| fitting::log_loss(items, &default))
            .collect(),
    );
    let fitted = mean(
        class
            .iter()
            .filter_map(|log| fitting::fit(log, &default))
            .map(|fit| fit.log_loss_after.min(fit.log_loss_before))
            .collect(),
    );
    let sm2 = mean(
        held_out
            .iter()
            .map(|items| fitting::mean_log_loss(items.iter().map(|item| sm2(&item.reviews))))
            .collect(),
    );
    let constant = mean(class.iter().zip(&held_out).map(constant).collect());
    println!(
        "  log loss on a synthetic class: FSRS-6 {by_default:.4}, fitted to each learner {fitted:.4}, SM-2 {sm2:.4}, \
         a constant {constant:.4}"
    );
    let log: Vec<Logged> = (1..=9)
        .flat_map(|learner| offset(log(learner), learner))
        .collect();
    let log = &log[..log.len().min(10_000)];
    let started = Instant::now();
    let fit = fitting::fit(log, &default);
    println!(
        "  a fit to {} reviews: {:.2} s{}",
        log.len(),
        started.elapsed().as_secs_f64(),
        if fit.is_some() {
            ""
        } else {
            " (nothing was fitted)"
        }
    );
}

/// The same log under other items.
fn offset(log: Vec<Logged>, by: u64) -> impl Iterator<Item = Logged> {
    let by = i64::try_from(by).unwrap_or(0) * ITEMS;
    log.into_iter().map(move |logged| Logged {
        item: ItemId(logged.item.0 + by),
        ..logged
    })
}

fn log(learner: u64) -> Vec<Logged> {
    let mut chance = Chance::new(learner);
    let numbers: Vec<f32> = Parameters::default()
        .numbers()
        .iter()
        .map(|number| number * (0.6 + 0.8 * chance.share()))
        .collect();
    let parameters = Parameters::new(&numbers).unwrap_or_default();
    let actual = Scheduler::new(&parameters, 0.9, 3_650);
    let assumed = Scheduler::new(&Parameters::default(), 0.9, 3_650);
    let mut log = Vec::new();
    for item in 1..=ITEMS {
        let first: Date = jiff::civil::date(2025, 1, 1);
        let mut on = day::after(first, u32::try_from(item / 3).unwrap_or(0));
        let (mut real, mut believed): (Option<Memory>, Option<Memory>) = (None, None);
        let mut elapsed_days = 0;
        for _ in 0..REVIEWS_EACH {
            let recall = real.map_or(0.8, |memory| {
                0.04 + 0.92 * retrievability(memory, elapsed_days, &parameters)
            });
            let rating = match (chance.share() < recall, chance.share()) {
                (false, _) => Rating::Again,
                (true, share) if share < 0.2 => Rating::Hard,
                (true, share) if share > 0.9 => Rating::Easy,
                (true, _) => Rating::Good,
            };
            log.push(Logged {
                item: ItemId(item),
                rating: rating.into(),
                on,
            });
            real = Some(actual.next(real, elapsed_days, rating).memory);
            let next = assumed.next(believed, elapsed_days, rating);
            believed = Some(next.memory);
            let shift = 0.7 + 0.6 * chance.share();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "days of a few years"
            )]
            let days = (next.interval_days as f32 * shift).round() as u32;
            elapsed_days = days.max(1);
            on = day::after(on, elapsed_days);
        }
    }
    log.sort_by_key(|logged| logged.on);
    log
}

/// What SM-2 (Wozniak 1990) predicts of the last review: recall falls to 90 % at the end of its interval, exponentially.
fn sm2(reviews: &[fsrs::FSRSReview]) -> (f64, bool) {
    let (mut ease, mut interval, mut recalled_in_a_row) = (2.5_f64, 1.0_f64, 0);
    let (last, before) = reviews.split_last().expect("an item has reviews");
    for review in before {
        let quality = f64::from(review.rating.min(4)) + 1.0;
        if review.rating == 1 {
            (recalled_in_a_row, interval) = (0, 1.0);
        } else {
            recalled_in_a_row += 1;
            interval = match recalled_in_a_row {
                1 => 1.0,
                2 => 6.0,
                _ => interval * ease,
            };
        }
        ease = (ease + 0.1 - (5.0 - quality) * (0.08 + (5.0 - quality) * 0.02)).max(1.3);
    }
    let recall = 0.9_f64.powf(f64::from(last.delta_t) / interval);
    (recall, last.rating > 1)
}

/// The log loss of always predicting the share that was recalled of the reviews to learn from.
fn constant((log, held_out): (&Vec<Logged>, &Vec<fsrs::FSRSItem>)) -> f64 {
    let (train, _) = fitting::divided(log);
    let recalled = |item: &fsrs::FSRSItem| item.reviews.last().is_some_and(|last| last.rating > 1);
    let share =
        train.iter().filter(|item| recalled(item)).count() as f64 / train.len().max(1) as f64;
    fitting::mean_log_loss(held_out.iter().map(|item| (share, recalled(item))))
}
