//! What can be wrong with a question about reach.

/// Which of the two lists of places a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Points where people live.
    Demand,
    /// Facilities.
    Supply,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Demand => "demand point",
            Self::Supply => "facility",
        })
    }
}

/// Why reach can't be computed. Places are named by their position in the list they came in, from 0.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AccessError {
    /// The largest cost is no number from 0 up.
    #[error("the largest cost is {0}; it must be a finite number from 0 up")]
    MaxCost(f64),
    /// Steps without a step.
    #[error("a decay by steps needs a step")]
    NoSteps,
    /// A step's limit is no number from 0 up, or not above the one before it.
    #[error(
        "step {at} has the limit {limit}; limits must be finite, from 0 up, and each above the one before it"
    )]
    StepLimit {
        /// Which step, from 1.
        at: usize,
        /// Its limit.
        limit: f64,
    },
    /// A step's weight is no number from 0 up.
    #[error("step {at} has the weight {weight}; a weight must be a finite number from 0 up")]
    StepWeight {
        /// Which step, from 1.
        at: usize,
        /// Its weight.
        weight: f64,
    },
    /// The scale of a Gaussian decay is no number above 0.
    #[error("the scale of the Gaussian decay is {0}; it must be a finite number above 0")]
    Scale(f64),
    /// The exponent of a gravity decay is no number.
    #[error("the exponent of the gravity decay is {0}; it must be a finite number")]
    Exponent(f64),
    /// The smallest cost of a gravity decay is no number from 0 up.
    #[error("the smallest cost of the gravity decay is {0}; it must be a finite number from 0 up")]
    Minimum(f64),
    /// The cost of a metre is no number above 0.
    #[error("a metre costs {0}; it must be a finite number above 0")]
    CostPerMetre(f64),
    /// A coordinate is no usable number.
    #[error("{side} {at} lies at {x}, {y}; a coordinate must be a number between -1e150 and 1e150")]
    Coordinate {
        /// Whose.
        side: Side,
        /// Which.
        at: usize,
        /// The first coordinate.
        x: f64,
        /// The second coordinate.
        y: f64,
    },
    /// More places than an index can hold.
    #[error("there are {0} places on one side, more than 4,294,967,295")]
    TooMany(usize),
    /// A column has another length than the list of places it describes.
    #[error("{found} values are given for {expected} places ({side})")]
    Length {
        /// Whose.
        side: Side,
        /// Places.
        expected: usize,
        /// Values.
        found: usize,
    },
    /// A population, capacity or other value is no number from 0 up.
    #[error("{side} {at} has the value {value}; it must be a finite number from 0 up")]
    Value {
        /// Whose.
        side: Side,
        /// Which.
        at: usize,
        /// The value.
        value: f64,
    },
    /// A listed pair names a place that is not there.
    #[error("pair {at} names {side} {index}, and there are {places}")]
    PairIndex {
        /// Which pair, from 0.
        at: usize,
        /// Whose.
        side: Side,
        /// The place named.
        index: u32,
        /// Places there are.
        places: usize,
    },
    /// A listed cost is no number from 0 up.
    #[error("pair {at} has the cost {cost}; a cost must be a finite number from 0 up")]
    PairCost {
        /// Which pair, from 0.
        at: usize,
        /// The cost.
        cost: f64,
    },
    /// A pair is listed twice.
    #[error("the cost from demand point {demand} to facility {supply} is given twice")]
    PairTwice {
        /// The demand point.
        demand: u32,
        /// The facility.
        supply: u32,
    },
    /// Weights or sums left the range of numbers.
    #[error(
        "the weights of {side} {at} leave the range of numbers: with a gravity decay a cost of 0 needs a smallest \
         cost above 0, with a Gaussian decay the scale is too small beside the largest cost"
    )]
    Range {
        /// Whose.
        side: Side,
        /// Which.
        at: usize,
    },
    /// An edge of a road graph names a node that is not there, or has a length or time that is none.
    #[error("edge {at} of the road graph: {what}")]
    Edge {
        /// Which edge, from 0.
        at: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// A node of a road graph has no position.
    #[error("node {at} of the road graph: {source}")]
    Node {
        /// Which node, from 0.
        at: usize,
        /// What is wrong with it.
        source: adil_geography::PositionError,
    },
    /// A walking speed that is none.
    #[error("the walking speed is {0} km/h; it must be a finite number above 0")]
    Speed(f64),
    /// The longest stretch to the road is no number from 0 up.
    #[error("the longest way to the road is {0} m; it must be a finite number from 0 up")]
    Stretch(f64),
}
