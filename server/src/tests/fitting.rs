//! Parameters that fit a learner.

use app::api::{ItemId, Rating};
use jiff::civil::Date;

use super::harness::TestServer;
use crate::retention::{
    chance::Chance,
    day,
    fitting::{self, Logged},
    schedule::{Memory, Parameters, Scheduler, retrievability},
};

/// The parameters of somebody who forgets much faster than the average.
fn forgetful() -> Parameters {
    let mut numbers = *Parameters::default().numbers();
    for initial in &mut numbers[..4] {
        *initial *= 0.25;
    }
    numbers[8] *= 0.6;
    Parameters::new(&numbers).expect("they are valid")
}

/// The log of somebody with `parameters` who reviews `items` items whenever the defaults say so.
fn log_of(parameters: &Parameters, items: i64, reviews_each: usize) -> Vec<Logged> {
    let actual = Scheduler::new(parameters, 0.9, 3_650);
    let assumed = Scheduler::new(&Parameters::default(), 0.9, 3_650);
    let mut chance = Chance::new(22);
    let mut log = Vec::new();
    for item in 1..=items {
        let mut on: Date = day::after("2026-01-01".parse().expect("a day"), (item % 60) as u32);
        let (mut real, mut believed): (Option<Memory>, Option<Memory>) = (None, None);
        let mut elapsed_days = 0;
        for _ in 0..reviews_each {
            let recall = real.map_or(0.8, |memory| {
                retrievability(memory, elapsed_days, parameters)
            });
            let rating = if chance.share() < recall {
                Rating::Good
            } else {
                Rating::Again
            };
            log.push(Logged {
                item: ItemId(item),
                rating: rating.into(),
                on,
            });
            real = Some(actual.next(real, elapsed_days, rating).memory);
            let next = assumed.next(believed, elapsed_days, rating);
            believed = Some(next.memory);
            elapsed_days = next.interval_days;
            on = day::after(on, elapsed_days);
        }
    }
    log.sort_by_key(|logged| logged.on);
    log
}

#[test]
fn the_parameters_of_somebody_unusual_predict_them_better_than_the_defaults() {
    let log = log_of(&forgetful(), 200, 8);
    let fit = fitting::fit(&log, &Parameters::default()).expect("there is enough");
    assert!(fit.improves(), "{fit:?}");
    assert!(fit.log_loss_after < fit.log_loss_before - 0.01, "{fit:?}");
}

#[test]
fn reviews_of_one_day_are_nothing_to_learn_from() {
    let on: Date = "2026-01-01".parse().expect("a day");
    let log: Vec<Logged> = (0..500)
        .map(|item| Logged {
            item: ItemId(item),
            rating: 3,
            on,
        })
        .collect();
    assert_eq!(fitting::fit(&log, &Parameters::default()), None);
}

#[test]
fn what_is_held_out_is_the_latest_fifth() {
    let log = log_of(&Parameters::default(), 20, 6);
    let (train, held_out) = fitting::divided(&log);
    assert_eq!((train.len(), held_out.len()), (80, 20));
}

#[test]
fn log_loss_is_zero_for_certainty_and_grows_with_surprise() {
    let certain = fitting::mean_log_loss([(1.0, true), (0.0, false)].into_iter());
    let surprised = fitting::mean_log_loss([(0.9, false)].into_iter());
    assert!(certain < 1e-5);
    assert!((surprised - 10_f64.ln()).abs() < 1e-9);
}

#[tokio::test]
async fn a_learner_with_enough_ratings_gets_parameters_of_their_own_once() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    let item = server.item(app::api::ItemKind::Quiz, 0).await;
    visitor.answers_and_rates(item, 3).await;
    let mut write = server.state.db.write().await.expect("a write");
    sqlx::query("INSERT INTO items (id, lesson_id, kind)
                 WITH RECURSIVE numbers (n) AS (SELECT 1001 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1200)
                 SELECT n, 1, 'quiz' FROM numbers")
        .execute(&mut *write)
        .await
        .expect("items");
    for (place, logged) in log_of(&forgetful(), 200, 8).iter().enumerate() {
        let id = uuid::Uuid::new_v4().to_string();
        let at_ms = i64::from(day::between(
            "1970-01-01".parse().expect("a day"),
            logged.on,
        )) * 86_400_000
            + place as i64;
        for sql in [
            "INSERT INTO answers (id, learner_id, item_id, version_id, text, answered_at_ms)
             VALUES (?1, 1, 1000 + ?2, 1, '', ?3)",
            "INSERT INTO reviews (id, learner_id, item_id, answer_id, rating, ticks, reviewed_at_ms, reviewed_on)
             VALUES (?1, 1, 1000 + ?2, ?1, ?4, '[]', ?3, ?5)",
            "INSERT INTO memories (learner_id, item_id, algorithm, stability, difficulty, first_reviewed_on,
                                   last_reviewed_on, last_rating, review_count, due_on)
             VALUES (1, 1000 + ?2, 'fsrs-6', 1, 5, ?5, ?5, ?4, 1, ?5)
             ON CONFLICT DO UPDATE SET review_count = review_count + 1",
        ] {
            sqlx::query(sql)
                .bind(&id)
                .bind(logged.item.0)
                .bind(at_ms)
                .bind(logged.rating)
                .bind(logged.on.to_string())
                .execute(&mut *write)
                .await
                .expect("a row");
        }
    }
    write.commit().await.expect("a commit");
    for _ in 0..2 {
        fitting::all(&server.state).await.expect("a fit");
    }
    assert_eq!(server.count("parameter_fits WHERE is_kept = 1").await, 1);
    assert_eq!(
        server
            .count("learners WHERE json_array_length(parameters) = 21")
            .await,
        1
    );
    // Everything was folded anew: the items have memories that follow from their ratings.
    assert_eq!(
        server
            .count("memories WHERE stability = 1 AND item_id > 1000")
            .await,
        0
    );
}
