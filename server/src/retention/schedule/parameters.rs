//! The numbers that fit FSRS-6 to a learner.

use fsrs::{DEFAULT_PARAMETERS, FSRS};

/// The 21 parameters of FSRS-6. They are valid: [`FSRS`] accepts them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters([f32; 21]);

impl Default for Parameters {
    /// Those of an average learner.
    fn default() -> Parameters {
        Parameters(DEFAULT_PARAMETERS)
    }
}

impl Parameters {
    /// Parameters from numbers; nothing where they are not 21 finite ones.
    pub fn new(numbers: &[f32]) -> Option<Parameters> {
        let numbers: [f32; 21] = numbers.try_into().ok()?;
        let valid = numbers.iter().all(|number| number.is_finite()) && FSRS::new(&numbers).is_ok();
        valid.then_some(Parameters(numbers))
    }

    /// Parameters as the database has them; the defaults where it has none, or none that can be used.
    pub fn read(json: Option<&str>) -> Parameters {
        json.and_then(|json| serde_json::from_str::<Vec<f32>>(json).ok())
            .and_then(|numbers| Parameters::new(&numbers))
            .unwrap_or_default()
    }

    /// The numbers.
    pub fn numbers(&self) -> &[f32; 21] {
        &self.0
    }

    /// The exponent of the forgetting curve.
    pub fn decay(&self) -> f32 {
        self.0[20]
    }

    /// The model with these parameters.
    pub fn model(&self) -> FSRS {
        FSRS::new(&self.0).expect("the parameters are valid")
    }
}
