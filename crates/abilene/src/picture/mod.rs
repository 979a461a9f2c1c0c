//! Pictures: places, widths and scales are computed here and tested; the page only draws them.

mod argument;
mod boxes;
mod cover;
mod falls;
mod layout;
mod outlook;
mod scale;
mod time;
mod web;

pub use argument::{ArgumentPicture, ClaimMark, argument_pictures};
pub use cover::{CoverPicture, Stack, cover_pictures};
pub use falls::{CascadeRow, FallCell, FallRow, FallsPicture, LeverText, MeansText, falls_picture};
pub use outlook::{CascadeBar, FanPicture, OddsBar, OutlookPicture, outlook_picture};
pub use scale::Axis;
pub use time::{Band, Event, TimePicture, time_picture};
pub use web::{Bundle, BundleLeg, Frame, FrameLine, GroupColumn, News, WebNode, WebPicture, web_picture};
