import CLIKit
import CRMKit
import Localization

/// How the output of one command looks.
struct OutputStyle {
    /// Who reads it.
    let audience: Audience
    let style: Style
    let lineWidth: Int
    let hasHeader: Bool
    /// Whether the columns were asked for: then all of them are shown, empty or not.
    var hasChosenColumns = false

    var language: Language { audience.language }
}
