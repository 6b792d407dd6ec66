import CRMKit
import Formats
import Localization

/// The default templates for documents.
struct PaperTemplate {
    let form: PaperForm
    let module: Module
    let language: Language

    /// Returns the template for a kind of output.
    func text(as kind: Template.Kind) -> String {
        switch kind {
        case .html: page
        case .text: letter
        }
    }

    /// Whether documents of the kind have lines, and amounts computed from them.
    var hasLines: Bool { module.parts.contains { $0.name == "line" } }
    /// Whether the documents have terms of their own.
    var hasTerms: Bool { module.field("terms") != nil }

    func words(_ en: String, _ es: String) -> String { Text(en: en, es: es)(in: language) }
}
