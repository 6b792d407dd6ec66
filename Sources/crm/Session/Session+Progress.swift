import CLIKit
import Formats
import Localization

extension Session {
    /// The progress through rows of an unknown number.
    var rowProgress: Progress { Progress(on: progressTerminal, language: language) }

    /// The progress of updating the search index.
    var indexProgress: Progress {
        Progress(
            on: progressTerminal,
            language: language,
            task: Text(
                en: "bringing the search index up to date",
                es: "poniendo al día el índice de búsqueda"
            )
        )
    }

    /// The terminal for showing progress; `nil` if there is none, or notices are suppressed.
    private var progressTerminal: FileDescriptor? {
        let error = FileDescriptor.standardError
        return !isQuiet && error.isCapableTerminal(in: environment) ? error : nil
    }

    /// Returns the progress through an input, shown on standard error if that is a terminal.
    func progress(of source: ByteSource) -> Progress { progress { source.share } }

    /// Returns the progress of work that states its completed share, 0 to 1.
    func progress(share: @escaping () -> Double?) -> Progress {
        Progress(on: progressTerminal, language: language, share: share)
    }
}
