//! The universal scalability law (Gunther, *Guerrilla Capacity Planning*, 2007): with N requests in the system the
//! throughput is X(N) = λN ÷ (1 + σ(N − 1) + κN(N − 1)).

use serde::{Deserialize, Serialize};

/// The law's three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scalability {
    /// λ: throughput with one request in the system, per second.
    pub alone_per_s: f64,
    /// σ: the share of work that waits for its turn.
    pub contention: f64,
    /// κ: what keeping each other up costs, for every pair.
    pub coherence: f64,
    /// The number in the system beyond which throughput falls, where there is one.
    pub peak_in_system: Option<f64>,
}

/// Fits the law to pairs of N and X. It is a straight line in σ and κ: N ÷ X = a + b(N − 1) + cN(N − 1) with a = 1 ÷ λ,
/// b = σ ÷ λ and c = κ ÷ λ, so least squares do. None where the points do not determine it, or it makes no sense of them.
pub fn fit(points: &[(f64, f64)]) -> Option<Scalability> {
    let mut sums = [[0.0; 4]; 3];
    for &(in_system, per_s) in points.iter().filter(|(_, per_s)| *per_s > 0.0) {
        let terms = [1.0, in_system - 1.0, in_system * (in_system - 1.0)];
        for (row, term) in sums.iter_mut().zip(terms) {
            for (cell, other) in row.iter_mut().zip(terms) {
                *cell += term * other;
            }
            row[3] += term * in_system / per_s;
        }
    }
    let [alone, contention, coherence] = solve(sums)?;
    if alone <= 0.0 || contention < 0.0 {
        return None;
    }
    let (contention, coherence) = (contention / alone, (coherence / alone).max(0.0));
    let peak = ((1.0 - contention) / coherence).sqrt();
    Some(Scalability {
        alone_per_s: 1.0 / alone,
        contention,
        coherence,
        peak_in_system: (peak.is_finite() && peak > 1.0).then_some(peak),
    })
}

/// Solves three equations in three unknowns by elimination; none where they are not independent.
fn solve(mut rows: [[f64; 4]; 3]) -> Option<[f64; 3]> {
    for place in 0..3 {
        let largest = (place..3).max_by(|one, other| {
            rows[*one][place]
                .abs()
                .total_cmp(&rows[*other][place].abs())
        })?;
        rows.swap(place, largest);
        let pivot = rows[place];
        if pivot[place].abs() < 1e-12 {
            return None;
        }
        for (number, row) in rows.iter_mut().enumerate() {
            if number != place {
                let factor = row[place] / pivot[place];
                for (cell, other) in row.iter_mut().zip(pivot) {
                    *cell -= factor * other;
                }
            }
        }
    }
    let solution = [0, 1, 2].map(|place| rows[place][3] / rows[place][place]);
    solution
        .iter()
        .all(|value| value.is_finite())
        .then_some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_is_found_again_in_points_that_obey_it() {
        let law = |n: f64| 100.0 * n / (1.0 + 0.05 * (n - 1.0) + 0.002 * n * (n - 1.0));
        let points: Vec<(f64, f64)> = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0].map(|n| (n, law(n))).into();
        let found = fit(&points).expect("they determine it");
        assert!((found.alone_per_s - 100.0).abs() < 1e-6, "{found:?}");
        assert!((found.contention - 0.05).abs() < 1e-9, "{found:?}");
        assert!((found.coherence - 0.002).abs() < 1e-9, "{found:?}");
        let peak = found.peak_in_system.expect("it falls");
        assert!((peak - (0.95_f64 / 0.002).sqrt()).abs() < 1e-6, "{peak}");
    }

    #[test]
    fn too_few_points_determine_nothing() {
        assert_eq!(fit(&[]), None);
        assert_eq!(fit(&[(1.0, 10.0), (2.0, 20.0)]), None);
    }
}
