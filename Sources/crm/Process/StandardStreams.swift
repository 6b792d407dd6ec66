import Glibc

/// The descriptors 0, 1 and 2, some of which the caller may have closed.
enum StandardStreams {
    /// Opens `/dev/null` in place of each closed standard stream, so that no other file gets its number and receives
    /// output for the user. It is opened in the opposite direction: reading from standard input, and writing to the
    /// others, fails as before.
    static func occupy() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
