import CLIKit
import Localization

/// How the output of one command looks.
struct OutputStyle {
    let language: Language
    let style: Style
    let lineWidth: Int
    let hasHeader: Bool
}
