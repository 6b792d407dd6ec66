import Glibc

/// The descriptors 0, 1 and 2, of which the caller may have closed some.
enum StandardStreams {
    /// Opens something in the place of each that is closed, so that no other file takes its number and gets what is meant
    /// for a person. It is the other end of what is asked for: reading from it, and writing to it, fails as before.
    static func occupy() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
