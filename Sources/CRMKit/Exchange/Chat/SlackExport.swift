import Formats
import Localization

/// Reads an export of Slack: a folder with a folder for each channel, which has a file for each day
/// (https://slack.com/help/articles/220556107).
struct SlackExport {
    let files: any ExportFiles
    let work: ChatImport
    let progress: (Int) -> Void

    /// The files that list rooms, each with the kind of its rooms.
    private static let lists = [
        ("channels.json", "channel"), ("groups.json", "group"), ("mpims.json", "group"), ("dms.json", "direct"),
    ]

    func read() throws {
        let users = try self.users()
        var isEmpty = true
        var folders: Set<String> = []
        for (list, kind) in Self.lists {
            guard let source = try files.open(list) else { continue }
            isEmpty = false
            var rooms = ExportObjects(list, source, isArray: true)
            while let room = try rooms.next() {
                guard let id = room["id"]?.filledText else { continue }
                let members = room["members"]?.elements.compactMap(\.filledText) ?? []
                let names = members.map { users[$0]?.name ?? users[$0]?.username ?? $0 }
                let name = room["name"]?.filledText
                try work.open(
                    id,
                    [
                        ("name", name ?? names.joined(separator: ", ")), ("kind", kind),
                        ("topic", room["topic"]?["value"]?.filledText ?? room["purpose"]?["value"]?.filledText),
                    ]
                )
                if kind == "direct" {
                    for member in members { if let user = users[member] { try work.note(user, in: id) } }
                }
                folders.insert(name ?? id)
                try read(id, in: name ?? id, users)
            }
            work.note(replacedIn: rooms, list)
        }
        if isEmpty { throw CRMError(noExportFile: "channels.json") }
        try tellUnlisted(besides: folders)
    }

    /// Reports to the user the folders with messages whose room is in no list.
    private func tellUnlisted(besides known: Set<String>) throws {
        let unlisted = try files.names(in: "").filter { name in
            guard !known.contains(name) else { return false }
            return try files.names(in: name).contains { $0.hasSuffix(".json") }
        }
        work.note(unlistedFolders: unlisted)
    }

    private func users() throws -> [String: ChatMessage.Author] {
        let path = "users.json"
        guard let source = try files.open(path) else { return [:] }
        var users: [String: ChatMessage.Author] = [:]
        var objects = ExportObjects(path, source, isArray: true)
        while let user = try objects.next() {
            guard let id = user["id"]?.filledText, let username = user["name"]?.filledText else { continue }
            let profile = user["profile"]
            let name = user["real_name"]?.filledText ?? profile?["real_name"]?.filledText
            users[id] = ChatMessage.Author(
                username: username,
                name: name,
                email: profile?["email"]?.filledText,
                id: id
            )
        }
        work.note(replacedIn: objects, path)
        return users
    }

    private func read(_ room: String, in folder: String, _ users: [String: ChatMessage.Author]) throws {
        for name in try files.names(in: folder) where name.hasSuffix(".json") {
            let path = "\(folder)/\(name)"
            guard let source = try files.open(path) else { continue }
            var objects = ExportObjects(path, source, isArray: true)
            var (number, strange) = (0, StrangeObjects())
            while let object = try objects.next() {
                number += 1
                if let gone = Self.removed(object) {
                    try work.note(removed: gone, in: room)
                    progress(1)
                    continue
                }
                guard let message = message(object, users) else {
                    strange.note(number)
                    continue
                }
                try work.take(message, in: room)
                progress(1)
            }
            work.note(strange, in: path)
            work.note(replacedIn: objects, path)
        }
    }

    /// Returns what is left of a removed message, which is replaced by a tombstone when there are answers to it.
    private static func removed(_ json: JSONValue) -> ChatMessage? {
        guard json["subtype"]?.filledText == "tombstone", let key = json["ts"]?.filledText, let moment = moment(key)
        else { return nil }
        var message = ChatMessage(id: key, sentAt: moment)
        if let thread = json["thread_ts"]?.filledText, thread != key { message.thread = thread }
        return message
    }

    private func message(_ json: JSONValue, _ users: [String: ChatMessage.Author]) -> ChatMessage? {
        guard json["type"]?.filledText == "message", let key = json["ts"]?.filledText,
            let moment = Self.moment(key)
        else { return nil }
        var message = ChatMessage(id: key, sentAt: moment)
        let words = json["text"]?.filledText ?? Self.words(ofBlocks: json["blocks"])
        message.text = words.map { Self.plain($0, users) }
        message.type = json["subtype"]?.filledText
        message.editedAt = json["edited"]?["ts"]?.filledText.flatMap(Self.moment)
        if let thread = json["thread_ts"]?.filledText, thread != key { message.thread = thread }
        message.author = author(json, users)
        message.attachments =
            (json["files"]?.elements ?? []).compactMap(Self.file)
            + (json["attachments"]?.elements ?? []).compactMap { frame in
                Self.attachment(frame) { Self.plain($0, users) }
            }
        message.reactions = (json["reactions"]?.elements ?? []).compactMap { reaction in
            Self.reaction(reaction, users)
        }
        return message
    }

    /// Returns the text of a message that has text only in blocks, as messages of programs do: a line for each block.
    private static func words(ofBlocks blocks: JSONValue?) -> String? {
        let lines = (blocks?.elements ?? []).map { words(in: $0).joined() }.filter { !$0.isEmpty }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    /// Returns the texts in a block or an element of one, in order.
    private static func words(in element: JSONValue) -> [String] {
        if let text = element["text"] { return text.filledText.map { [$0] } ?? words(in: text) }
        return ["elements", "fields"].flatMap { (element[$0]?.elements ?? []).flatMap(words) }
    }

    /// Returns the author of a message: from the list of users, otherwise, for guests and programs, from the message
    /// itself.
    private func author(_ json: JSONValue, _ users: [String: ChatMessage.Author]) -> ChatMessage.Author? {
        if let user = json["user"]?.filledText {
            if let known = users[user] { return known }
            let profile = json["user_profile"]
            let name = profile?["real_name"]?.filledText ?? profile?["display_name"]?.filledText
            return ChatMessage.Author(username: profile?["name"]?.filledText ?? user, name: name, id: user)
        }
        let name = json["username"]?.filledText ?? json["bot_profile"]?["name"]?.filledText
        return (name ?? json["bot_id"]?.filledText).map { ChatMessage.Author(username: $0) }
    }

    private static func file(_ json: JSONValue) -> ChatMessage.Attachment? {
        let link = json["permalink"]?.filledText ?? json["url_private"]?.filledText
        return (json["name"]?.filledText ?? json["title"]?.filledText ?? link).map { .init(name: $0, link: link) }
    }

    /// Returns an attachment for a framed text of another program or a quoted page: its texts, otherwise its fallback
    /// text or link. Mattermost has the same.
    ///
    /// - Parameter plain: returns a text without markup.
    static func attachment(_ json: JSONValue, _ plain: (String) -> String) -> ChatMessage.Attachment? {
        let links = ["title_link", "from_url", "image_url"]
        let link = links.lazy.compactMap { json[$0]?.filledText }.first
        let words = ["pretext", "title", "text"].compactMap { json[$0]?.filledText }
        let told = words.isEmpty ? [json["fallback"]?.filledText ?? link].compactMap(\.self) : words
        if told.isEmpty { return nil }
        return .init(name: told.map(plain).joined(separator: ": "), link: link)
    }

    private static func reaction(
        _ json: JSONValue,
        _ users: [String: ChatMessage.Author]
    ) -> (sign: String, users: [String])? {
        guard let name = json["name"]?.filledText else { return nil }
        let who = json["users"]?.elements.compactMap(\.filledText) ?? []
        return (":\(name):", who.map { users[$0]?.username ?? $0 })
    }

    /// Returns the moment of a timestamp in seconds since 1970 with a fraction, `1405894322.002768`.
    private static func moment(_ text: String) -> String? {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let first = parts.first, let seconds = Int64(first), abs(seconds) < 1 << 40 else { return nil }
        let digits = parts.count > 1 ? String(parts[1].prefix(3)) : ""
        let padded = digits + String(repeating: "0", count: 3 - digits.count)
        return Moment.description(millisecondsSinceEpoch: seconds * 1000 + (Int64(padded) ?? 0))
    }

    /// The groups that a text can mention: `<!here>`.
    private static let groups: Set<String> = ["here", "channel", "everyone"]

    /// Returns a text without Slack's markup: `<@U1>` is a user, `<http://x|label>` a link, `&amp;` an ampersand.
    static func plain(_ text: String, _ users: [String: ChatMessage.Author]) -> String {
        var plain = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            plain += rest[..<start]
            let inside = rest[rest.index(after: start)..<end]
            let parts = inside.split(separator: "|", maxSplits: 1).map(String.init)
            let target = parts.first ?? ""
            if target.hasPrefix("@") {
                plain +=
                    "@"
                    + (users[String(target.dropFirst())]?.username
                        ?? (parts.count > 1 ? parts[1] : String(target.dropFirst())))
            } else if target.hasPrefix("!") {
                let name = String(target.dropFirst())
                plain += Self.groups.contains(name) ? "@\(name)" : parts.count > 1 ? parts[1] : name
            } else if target.hasPrefix("#") {
                plain += "#" + (parts.count > 1 ? parts[1] : String(target.dropFirst()))
            } else {
                plain += parts.count > 1 && parts[1] != target ? "\(parts[1]) (\(target))" : target
            }
            rest = rest[rest.index(after: end)...]
        }
        return unescaped(plain + rest)
    }

    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            rest = rest[start...]
            let signs = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")]
            if let (name, sign) = signs.first(where: { rest.hasPrefix($0.0) }) {
                result += sign
                rest = rest.dropFirst(name.count)
            } else {
                result += "&"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }
}
