import CLIKit

/// The version of the program.
enum Version {
    /// The version by Semantic Versioning 2.0.0. The public interface is the command line and the JSON.
    static let current = "0.1.0"
    /// The day of the version, which manual pages show.
    static let date = ManPage.Date(year: 2026, month: 11, day: 24)
}
