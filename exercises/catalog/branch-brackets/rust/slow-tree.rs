/// How many parcels are in each price bracket. Three comparisons instead of up to seven; each is as
/// hard to guess as a coin.
pub fn count_by_bracket(weights: Vec<u32>) -> Vec<u32> {
    let mut counts = vec![0; 8];
    for weight in weights {
        if weight <= 2_000 {
            if weight <= 500 {
                if weight <= 250 {
                    counts[0] += 1;
                } else {
                    counts[1] += 1;
                }
            } else if weight <= 1_000 {
                counts[2] += 1;
            } else {
                counts[3] += 1;
            }
        } else if weight <= 10_000 {
            if weight <= 5_000 {
                counts[4] += 1;
            } else {
                counts[5] += 1;
            }
        } else if weight <= 20_000 {
            counts[6] += 1;
        } else {
            counts[7] += 1;
        }
    }
    counts
}
