//! Files and directories that nobody else on the machine may read: they may hold passwords.
//!
//! The place for what differs between systems: where there are no modes, the system's own rules hold.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

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

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

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
