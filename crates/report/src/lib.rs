//! Answers to one HTML file that needs no network.
//!
//! Two pages in one file. The app (built from `ui/`) draws [`abilene::AppAnswer`]; the plain page is semantic HTML of
//! [`abilene::ReportAnswer`], read without scripts, in print and by search engines. Neither computes anything.

mod answers;
mod argument;
mod circles;
mod cover;
mod evidence;
mod falls;
mod growth;
mod outlook;
mod page;
mod parts;

pub use page::page;
