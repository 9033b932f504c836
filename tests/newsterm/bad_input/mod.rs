//! What is broken, hostile or in the way: one clear sentence each, the right exit code, and nothing stored is touched.

mod feeds;
mod library;
mod lists;
mod places;
mod settings;

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process;

use assert_cmd::assert::{Assert, OutputAssertExt};
use assert_cmd::cargo::cargo_bin;
use predicates::str::is_empty;
use rusqlite::Connection;

use crate::commands::{assert_says, json_of, library_of, output_of, titles};
use crate::library::Library;
use crate::server::{Behaviour, Gate};
