//! Files and directories that nobody else on the machine may read: they may hold passwords.
//!
//! The place for what differs between systems: where there are no modes, the system's own rules hold.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Makes a directory and those above it, for its owner only; one that exists stays as it is.
pub fn private_directory(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a new file for its owner only; one that exists is an error.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes a file whole or not at all. Where a link leads to it, the link stays; a new file is for its owner only.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut beside = path.clone().into_os_string();
    beside.push(format!(".{}.new", std::process::id()));
    let beside = PathBuf::from(beside);
    let write = || {
        let mut file = private_file(&beside)?;
        if let Ok(before) = path.metadata() {
            file.set_permissions(before.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, &path)
    };
    write().inspect_err(|_| drop(std::fs::remove_file(&beside)))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_is_replaced_where_a_link_leads_to_it() {
        let place = tempfile::tempdir().unwrap();
        let (file, link) = (place.path().join("file"), place.path().join("link"));
        std::fs::write(&file, "before").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        replace_file(&link, b"after").unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"after");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(place.path().read_dir().unwrap().count(), 2);
        assert!(replace_file(&place.path().join("none/file"), b"x").is_err());
    }

    #[test]
    fn nobody_else_may_read_them() {
        let place = tempfile::tempdir().unwrap();
        let (outer, file) = (place.path().join("a"), place.path().join("a/b/file"));
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        private_directory(&outer.join("b")).unwrap();
        private_directory(&outer).unwrap();
        drop(private_file(&file).unwrap());
        assert_eq!((mode(&outer), mode(&outer.join("b")), mode(&file)), (0o700, 0o700, 0o600));
        assert_eq!(private_file(&file).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    }
}
