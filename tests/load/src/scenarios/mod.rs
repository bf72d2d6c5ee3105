//! What is done to a room, one scenario a file.

mod churn;
mod fan_out;
mod flood;
mod fragments;
mod paced;
mod silent;
mod slow_readers;

pub use churn::churn;
pub use fan_out::fan_out;
pub use flood::flood;
pub use fragments::fragments;
pub use paced::paced;
pub use silent::silent;
pub use slow_readers::slow_readers;
