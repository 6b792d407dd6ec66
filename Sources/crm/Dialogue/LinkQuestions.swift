import CLIKit
import CRMKit
import Localization

/// Asks for the contacts that a new record is linked with, or that refer to it, and for the attributes of the links.
struct LinkQuestions {
    let picker: RecordPicker
    /// The references of named contacts.
    private(set) var contacts: [String]
    /// The field inputs of contacts to be created.
    private(set) var made: [[FieldInput]] = []
    /// The attributes of the links, with their keys.
    private(set) var attributes: [(key: String, text: String)]
    private let module: Module
    private let center: Module
    /// Whether contacts were given before the first question.
    private let areGiven: Bool
    /// The keys of the attributes that were given before the first question.
    private let given: Set<String>

    init(
        _ module: Module,
        contacts: [String],
        attributes: [(key: String, text: String)],
        picker: RecordPicker
    ) {
        self.module = module
        self.contacts = contacts
        self.attributes = attributes
        self.picker = picker
        center = picker.store.registry[picker.store.registry.center]
        areGiven = !contacts.isEmpty
        given = Set(attributes.map(\.key))
    }

    private var language: Language { picker.dialogue.language }
    private var link: LinkDefinition? { module.contactUse == .linked ? module.contacts.link : nil }

    /// The label of the question.
    var label: String { center.label(in: language) }

    // MARK: - Contacts

    /// Asks for one contact.
    func pickContact(isRequired: Bool) throws -> Answer {
        try picker.pick(from: center, label: label + (isRequired ? " *" : ""), isRequired: isRequired)
    }

    /// Returns whether the record can have contacts, and none were given.
    func canAskForContacts() throws -> Bool {
        guard [.linked, .pointed].contains(module.contactUse), !areGiven else { return false }
        return try picker.canPick(from: center)
    }

    /// Asks for contacts until an answer is empty.
    mutating func askForContacts() throws {
        let offer = try names
        var label = label
        while true {
            let isFirst = label == self.label
            let offered = isFirst && !offer.isEmpty ? offer : nil
            let answer = try picker.pick(from: center, label: label, isRequired: false, offering: offered)
            if case .offered = answer { return }
            if isFirst { (contacts, made) = ([], []) }
            switch answer {
            case .text(let id): if !contacts.contains(id) { contacts.append(id) }
            case .making(let inputs): made.append(inputs)
            case .offered, .cleared, .none: return
            }
            label = Text(en: "Another contact", es: "Otro contacto")(in: language)
        }
    }

    /// The names of the contacts.
    var names: String {
        get throws {
            let store = picker.store
            let named = try contacts.map { try store.displayName(of: $0, in: center) }
            let added = try made.map { inputs in
                let name = try store.preview(center, inputs, isForced: false).record.displayName
                return picker.dialogue.toBeAdded(name)
            }
            return (named + added).joined(separator: "; ")
        }
    }

    // MARK: - Attributes

    /// The attributes to ask for: those that were not given, if there are links.
    var attributesToAsk: [Field] {
        guard let link, !contacts.isEmpty || !made.isEmpty else { return [] }
        return link.attributes.filter { !given.contains($0.key) }
    }

    /// Asks for an attribute until the answer is accepted.
    mutating func ask(_ field: Field) throws {
        let offer = try text(of: field)
        let question = FieldQuestion(
            field: field,
            offer: offer.isEmpty ? nil : FieldQuestion.Offer(shown: offer, change: nil),
            hint: field.type.hint,
            dialogue: picker.dialogue
        )
        while true {
            let text: String
            switch try question.ask(picker) {
            case .offered, .making: return
            case .cleared: text = ""
            case .none:
                if offer.isEmpty { return }
                text = ""
            case .text(let words): text = words
            }
            do throws(CRMError) {
                try take(text, as: field)
            } catch {
                let reason = error.problems.first.map { question.reason(for: $0, in: module) }
                try picker.dialogue.say(reason ?? error.message)
                continue
            }
            let understood = try self.text(of: field)
            if !text.isEmpty, Fold.fold(understood) != Fold.fold(text) { try picker.dialogue.say("  = " + understood) }
            return
        }
    }

    private mutating func take(_ text: String, as field: Field) throws(CRMError) {
        var changed = attributes.filter { $0.key != field.key }
        if !text.isEmpty { changed.append((field.key, text)) }
        if let link { _ = try picker.store.linkAttributes(link, from: changed) }
        attributes = changed
    }

    /// Returns the value of an attribute as shown to people.
    func text(of field: Field) throws -> String {
        guard let link, let value = try picker.store.linkAttributes(link, from: attributes)[field.key] else {
            return ""
        }
        return field.type.label(of: value, currency: nil, for: Audience(language: language, clock: picker.store.clock))
    }

    /// The labels and values that were given before the first question.
    var standing: [(label: String, value: String)] {
        get throws {
            guard link != nil || module.contactUse == .pointed, areGiven else { return [] }
            let fields = link?.attributes.filter { given.contains($0.key) } ?? []
            return [(label, try names)] + (try fields.map { ($0.label(in: language), try text(of: $0)) })
        }
    }
}
