import CRMKit
import Formats
import Localization

/// A document that is written piece by piece, its rows as they are read.
struct PaperDocument {
    let template: Template
    let values: [String: Template.Value]
    /// The template's name in errors.
    let source: Text

    /// Writes the document.
    ///
    /// - Throws: ``CRMError`` for a template that cannot be filled in, and for rows that cannot be read; the errors of the
    ///   sink.
    func write(to sink: ByteSink) throws {
        do {
            try template.fill(with: values) { try sink.append($0) }
        } catch let error as TemplateError {
            throw CRMError(error, in: source)
        }
    }
}
