//! Every folder of `detectors/` on its own small round, and rounds that are wrong in every way we know.

mod every_detector;
mod files;
