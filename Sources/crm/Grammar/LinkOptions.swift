import CLIKit
import CRMKit
import Localization

/// The options by which the attributes of a link are given, and their reading.
struct LinkOptions {
    static let group = Text(en: "Link", es: "Vínculo")
    private let link: LinkDefinition

    init(_ link: LinkDefinition) { self.link = link }

    /// An option for each attribute.
    var attributes: [Option] {
        link.attributes.map { field in
            Option(
                field.flag,
                .value(field.type.placeholder),
                summary: field.summary,
                group: Self.group,
                completion: field.type.completion
            )
        }
    }

    /// The attributes that a command line gives.
    ///
    /// - Throws: ``CRMError`` naming every malformed one.
    func given(in invocation: Invocation, store: Store) throws -> LinkAttributes {
        let texts = link.attributes.compactMap { field in invocation.value(of: field.flag).map { (field.key, $0) } }
        return try store.linkAttributes(link, from: texts)
    }
}
