import CLIKit
import CRMKit
import Localization

/// The style of a command's output.
struct OutputStyle {
    /// The audience, with its language and clock.
    let audience: Audience
    let style: Style
    let lineWidth: Int
    let hasHeader: Bool
    /// Whether the columns were requested, so that even empty ones are shown.
    var hasChosenColumns = false

    var language: Language { audience.language }
}
