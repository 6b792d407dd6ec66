import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// The common properties of messages written by one command: sender, date and message id.
struct MailComposition {
    /// The sender.
    let from: OutgoingMessage.Person

    /// - Parameter from: the sender given on the command line; `nil` for the configured value of `mail.from`.
    /// - Throws: ``CRMError`` `configuration` if there is no sender, `invalid` for a malformed address.
    init(from given: String?, session: Session) throws {
        guard let text = try given ?? UserConfiguration(environment: session.environment).value(of: .mailFrom) else {
            throw CRMError(
                .configuration,
                Text(en: "nobody is said to be the sender", es: "no se indica quién envía"),
                hint: Text(
                    en:
                        "give --from, or: \(ProgramName.placeholder) config set mail.from 'Ana Ruiz <ana@example.org>'",
                    es:
                        "dar --from, o: \(ProgramName.placeholder) config set mail.from 'Ana Ruiz <ana@example.org>'"
                )
            )
        }
        from = try MailPeople.sender(text, option: given == nil ? "mail.from" : "--from")
    }

    /// Returns an empty message with the present time.
    func message() -> OutgoingMessage {
        let now = Int64(time(nil))
        let random = Self.random()
        let domain = from.address.split(separator: "@").last.map(String.init) ?? "localhost"
        return OutgoingMessage(
            from: from,
            date: MailDate(seconds: now).headerText,
            messageID: "\(now).\(random)@\(domain)",
            random: random
        )
    }

    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
    }
}

/// A contact to whom a message is written.
struct MailRecipient {
    let contact: Int64
    let name: String
    /// The address; `nil` if none is known. An address from which mail has bounced is used only if there is no other.
    let address: String?
    /// Whether the contact wants no mail, at all or at any address.
    let isOptedOut: Bool
    /// The first address, and another contact who has it too and wants no mail there, if all addresses are refused in
    /// this way.
    private let refusal: (address: String, contact: Int64)?
    /// The keys of the addresses at which mail is wanted, in the order of preference.
    let keys: [String]
    /// The day since which the address is undeliverable, which may be empty; `nil` if the address is not known to be
    /// undeliverable.
    let undeliverableSince: String?

    /// Reads a contact's address. The addresses in its fields and those of its points are tried in order, and the first
    /// one that has not bounced is used. An address at a point where the contact wants no mail is used only if there is
    /// no other.
    ///
    /// - Parameter refusals: for mail to many, the addresses at which other contacts want no mail; they are avoided
    ///   in the same way. Mail to many uses no fields that the file adds, since nobody checks what an address there is
    ///   for.
    init(_ contact: Int64, in store: Store, _ module: Module, _ refusals: MailRefusals? = nil) throws {
        let fields = refusals == nil ? module.emailFields : module.standardEmailFields
        let values = try store.texts(["name", "email_opt_out"] + fields, of: contact, in: module)
        self.contact = contact
        name = values["name"] ?? ""
        let points = try store.pointAddresses(of: contact, in: module)
        let refused = Set(points.filter(\.isOptedOut).map { EmailAddress.matchKey(for: $0.address) })
        let known = fields.compactMap { values[$0] } + points.map(\.address)
        var wanted = known.filter { !refused.contains(EmailAddress.matchKey(for: $0)) }
        isOptedOut = values["email_opt_out"] == "1" || wanted.isEmpty && !known.isEmpty
        let others = try wanted.map { ($0, try refusals?.contact(refusing: $0, besides: contact)) }
        let free = others.filter { $0.1 == nil }.map(\.0)
        if free.isEmpty, let (address, other) = others.first, let other {
            refusal = (address, other)
        } else {
            refusal = nil
        }
        if !free.isEmpty { wanted = free }
        let addresses = wanted.isEmpty ? known : wanted
        keys = addresses.map { EmailAddress.matchKey(for: $0) }
        let bounced = try store.undeliverableAddresses(of: contact, in: module)
        address = addresses.first { bounced[EmailAddress.matchKey(for: $0)] == nil } ?? addresses.first
        undeliverableSince = address.flatMap { bounced[EmailAddress.matchKey(for: $0)] }
    }

    /// The key of the address.
    var key: String? { address.map { EmailAddress.matchKey(for: $0) } }

    /// The notice that others want no mail at the recipient's addresses; `nil` if one of them is free.
    var refusalNotice: Text? {
        guard let refusal else { return nil }
        return Text(
            en:
                "contact \(contact): \(refusal.address) is also that of contact \(refusal.contact), who wants no e-mail",
            es: """
                contacto \(contact): \(refusal.address) es también la dirección del contacto \(refusal.contact), que no \
                quiere correo
                """
        )
    }

    /// The notice that the recipient's address is undeliverable; `nil` if it is deliverable.
    var bounceNotice: Text? {
        guard let address, let undeliverableSince else { return nil }
        let isDated = !undeliverableSince.isEmpty
        return Text(
            en: "contact \(contact): mail to \(address) came back" + (isDated ? " on \(undeliverableSince)" : ""),
            es: "contacto \(contact): el correo a \(address) rebotó" + (isDated ? " el \(undeliverableSince)" : "")
        )
    }

    /// Returns the recipient of the message.
    ///
    /// - Throws: ``CRMError`` `invalid` if no address is known, or mail cannot be sent to it.
    func person() throws(CRMError) -> OutgoingMessage.Person {
        guard let address else {
            throw CRMError(
                .invalid,
                Text(
                    en: "contact \(contact) has no e-mail address",
                    es: "el contacto \(contact) no tiene correo electrónico"
                ),
                module: .contact,
                reference: "\(contact)"
            )
        }
        do throws(OutgoingMessage.Fault) {
            return try OutgoingMessage.Person(name: name, address: EmailAddress.written(address))
        } catch {
            throw MailPeople.noAddress(address, option: "contact \(contact)")
        }
    }
}

/// A file attached to a message: a document of the database, or a file on this machine.
struct MailAttachment {
    let attachment: OutgoingMessage.Attachment
    private let bytes: DocumentBytes

    /// - Parameter text: `document:9`, or a path.
    init(_ text: String, in store: Store, _ registry: Registry) throws {
        let prefix = "\(ModuleName.document.rawValue):"
        guard text.hasPrefix(prefix) else {
            let file = try HashedFile(reading: text)
            let bytes = DocumentBytes.file(text)
            self.bytes = bytes
            let type = file.mediaType
            let charset = try Self.charset(of: type, bytes.forEachPiece)
            attachment = .init(name: FileName.cleaned(FilePath(text).name), mediaType: type, charset: charset)
            return
        }
        let module = registry[.document]
        let version = try store.document(store.id(of: String(text.dropFirst(prefix.count)), in: module))
        let bytes = try DocumentReading.requiredBytes(of: version, in: store, module)
        self.bytes = bytes
        let type = MediaType(version.mediaType ?? MediaType.unknown.description)
        attachment = .init(
            name: version.fileName ?? version.title,
            mediaType: type,
            charset: try Self.charset(of: type, bytes.forEachPiece)
        )
    }

    /// The path of the file on this machine; `nil` for a document in the database.
    var file: String? { bytes.file }

    /// The greatest length of a text whose encoding is examined, in bytes.
    private static let longestText = 16 << 20

    /// Returns the encoding of a text, since without a charset it would be read as ASCII (RFC 2046 section 4.1.2).
    private static func charset(
        of type: MediaType,
        _ read: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws -> String? {
        guard type.isText else { return nil }
        var bytes: [UInt8] = []
        try read { piece in bytes.append(contentsOf: piece.prefix(longestText + 1 - bytes.count)) }
        guard bytes.count <= longestText, !bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(validating: bytes, as: UTF8.self) == nil ? nil : "utf-8"
    }

    /// Passes on the bytes, piece by piece.
    func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws { try bytes.forEachPiece(body) }
}
