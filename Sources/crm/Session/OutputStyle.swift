import CLIKit
import CRMKit
import Localization

/// The style of a command's output.
struct OutputStyle {
    /// The audience: language and clock.
    let audience: Audience
    let style: Style
    let lineWidth: Int
    let hasHeader: Bool
    /// Whether the columns were asked for: then all of them are shown, empty or not.
    var hasChosenColumns = false

    var language: Language { audience.language }
}
