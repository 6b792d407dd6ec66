import Localization

/// A step of a path, from a record to one or more others.
enum Step: Sendable {
    /// To the one record that a field refers to.
    case reference(Attribute, to: Module)
    /// To the record that a reference to any module refers to, if it is of this module.
    case anyReference(Field, to: Module)
    /// To the records that are linked with it or refer to it, or to rows that belong to it.
    case hop(Hop)

    /// The module of the records at the end of the step.
    var target: Module {
        switch self {
        case .reference(_, let module), .anyReference(_, let module): module
        case .hop(let hop): hop.target
        }
    }

    /// Whether the step may lead to several records.
    var isSeveral: Bool {
        if case .hop = self { true } else { false }
    }

    /// The place at the end of the step.
    var place: Place {
        switch self {
        case .reference(_, let module), .anyReference(_, let module): Place(module)
        case .hop(let hop): Place(hop.target, part: hop.part, link: hop.relation?.fields ?? [])
        }
    }

    /// The label of the step in column headings.
    var label: Text {
        switch self {
        case .reference(let attribute, _): attribute.field.label
        case .anyReference(let field, let module): field.label.leading(to: module.label)
        case .hop(let hop): hop.part?.plural ?? hop.target.plural
        }
    }
}

/// The attribute at the end of a path or before a step.
enum Attribute: Sendable {
    /// A field of the record.
    case field(Field)
    /// A field of the link over which the record was reached.
    case link(Field)
    /// A property of the record that a reference to any module refers to.
    case referred(Field, Referred)

    /// A property of a record of any module.
    enum Referred: String, CaseIterable, Sendable {
        case module, id, name
    }

    /// Returns an attribute of the record that a reference to any module refers to; `nil` for another attribute or
    /// name.
    func part(called name: String) -> Attribute? {
        guard case .field(let field) = self, field.type == .anyReference else { return nil }
        return Referred(rawValue: name).map { .referred(field, $0) }
    }

    /// The field of the attribute, with its name and type.
    var field: Field {
        switch self {
        case .field(let field), .link(let field): field
        case .referred(_, .module): .code(Referred.module.rawValue, en: "Module", es: "Módulo")
        case .referred(_, .id): .integer(Referred.id.rawValue, en: "Id", es: "Id", in: 1...Int64.max)
        case .referred(_, .name): .text(Referred.name.rawValue, en: "Name", es: "Nombre")
        }
    }

    /// The label of the attribute in column headings.
    var label: Text {
        switch self {
        case .field(let field), .link(let field): field.label
        case .referred(let reference, _): reference.label.leading(to: field.label)
        }
    }
}

/// A resolved path: the steps to other records or rows, and the attribute at its end.
struct Route: Sendable {
    let steps: [Step]
    let end: Attribute

    /// Whether the route may lead to several values.
    var isSeveral: Bool { steps.contains(where: \.isSeveral) }

    /// The column's heading: the labels of all steps and of the attribute, `Organization › Name`.
    var label: Text {
        steps.reversed().reduce(end.label) { label, step in step.label.leading(to: label) }
    }

    /// Whether the first name of the path is a field of the link over which the record was reached.
    var beginsWithLink: Bool {
        let first: Attribute
        switch steps.first {
        case nil: first = end
        case .reference(let attribute, _): first = attribute
        case .anyReference, .hop: return false
        }
        if case .link = first { return true } else { return false }
    }

    /// Whether the route ends at the end of links, so that ended links count.
    var namesTheEnd: Bool {
        if case .link(let field) = end { field.key == Relation.endKey } else { false }
    }
}

extension FieldType {
    /// Whether a field holds a record, of one module or of any.
    var isReference: Bool { target != nil || self == .anyReference }
}

extension Text {
    /// Returns the label followed by that of the next step.
    func leading(to label: Text) -> Text {
        Text(en: "\(en) › \(label.en)", es: "\(es) › \(label.es)")
    }
}
