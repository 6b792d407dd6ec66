import Formats
import Localization

/// Reads an export of Mattermost: JSON lines, each with a type
/// (https://docs.mattermost.com/onboard/bulk-loading-data.html).
final class MattermostExport {
    private let work: ChatImport
    private let progress: (Int) -> Void
    private var users: [String: ChatMessage.Author] = [:]
    /// The number of the present line, and the posts without a time.
    private var (number, strange) = (0, StrangeObjects())

    init(work: ChatImport, progress: @escaping (Int) -> Void) {
        self.work = work
        self.progress = progress
    }

    func read(_ path: String, _ files: any ExportFiles) throws {
        guard let source = try files.open(path) else { throw CRMError(noExportFile: path) }
        var lines = ExportObjects(path, source, isArray: false)
        defer { work.note(strange, in: path) }
        while let line = try lines.next() {
            number += 1
            guard let type = line["type"]?.filledText, let body = line[type] else { continue }
            switch type {
            case "user": note(body)
            case "channel": try open(body)
            case "post": try takePost(body)
            case "direct_channel": _ = try openDirect(body["members"] ?? body["participants"])
            case "direct_post": try takeDirectPost(body)
            default: continue
            }
        }
        work.note(replacedIn: lines, path)
    }

    private func note(_ user: JSONValue) {
        guard let username = user["username"]?.filledText else { return }
        let names = ["first_name", "last_name"].compactMap { user[$0]?.filledText }
        users[username] = ChatMessage.Author(
            username: username,
            name: names.isEmpty ? user["nickname"]?.filledText : names.joined(separator: " "),
            email: user["email"]?.filledText
        )
    }

    private func open(_ channel: JSONValue) throws {
        guard let key = key(team: channel["team"], channel: channel["name"]) else { return }
        try work.open(
            key,
            [
                ("name", channel["display_name"]?.filledText ?? channel["name"]?.filledText),
                ("kind", channel["type"]?.filledText == "P" ? "group" : "channel"),
                ("topic", channel["header"]?.filledText ?? channel["purpose"]?.filledText),
            ]
        )
    }

    private func key(team: JSONValue?, channel: JSONValue?) -> String? {
        guard let channel = channel?.filledText else { return nil }
        return [team?.filledText, channel].compactMap(\.self).joined(separator: "/")
    }

    private func takePost(_ post: JSONValue) throws {
        try take(post) {
            guard let key = key(team: post["team"], channel: post["channel"]) else { return nil }
            if !work.knows(key) { try work.open(key, [("name", post["channel"]?.filledText), ("kind", "channel")]) }
            return key
        }
    }

    private func openDirect(_ members: JSONValue?) throws -> String? {
        let names = (members?.elements ?? []).compactMap { $0.filledText ?? $0["username"]?.filledText }.sorted()
        guard !names.isEmpty else { return nil }
        let key = names.joined(separator: ",")
        if !work.knows(key) {
            let called = names.map { users[$0]?.name ?? $0 }.joined(separator: ", ")
            try work.open(key, [("name", called), ("kind", names.count > 2 ? "group" : "direct")])
            for name in names { try work.note(users[name] ?? ChatMessage.Author(username: name), in: key) }
        }
        return key
    }

    private func takeDirectPost(_ post: JSONValue) throws {
        try take(post) { try openDirect(post["channel_members"]) }
    }

    /// Stores a post and its replies.
    ///
    /// - Parameter open: opens the post's room and returns its key; called only for a valid post.
    private func take(_ post: JSONValue, in open: () throws -> String?) throws {
        guard let message = message(post), let room = try open() else { return strange.note(number) }
        let key = try work.take(message, in: room)
        progress(1)
        for reply in post["replies"]?.elements ?? [] {
            guard var answer = self.message(reply) else {
                strange.note(number)
                continue
            }
            answer.thread = key
            try work.take(answer, in: room)
            progress(1)
        }
    }

    private func message(_ json: JSONValue) -> ChatMessage? {
        guard let moment = json["create_at"]?.moment else { return nil }
        var message = ChatMessage(id: "", sentAt: moment)
        message.text = json["message"]?.filledText
        message.type = json["type"]?.filledText
        message.editedAt = json["edit_at"]?.integer == 0 ? nil : json["edit_at"]?.moment
        message.author = json["user"]?.filledText.map { users[$0] ?? ChatMessage.Author(username: $0) }
        message.attachments = (json["attachments"]?.elements ?? []).compactMap { file in
            file["path"]?.filledText.map { path in
                let name = path.split(separator: "/").last.map(String.init) ?? path
                return ChatMessage.Attachment(name: name, link: nil)
            }
        }
        // What a program posts is framed, and stands under the name of who has let it in.
        message.alias = json["props"]?["override_username"]?.filledText
        message.attachments += (json["props"]?["attachments"]?.elements ?? []).compactMap { frame in
            SlackExport.attachment(frame) { $0 }
        }
        var reactions: [(sign: String, users: [String])] = []
        for reaction in json["reactions"]?.elements ?? [] {
            guard let name = reaction["emoji_name"]?.filledText else { continue }
            let user = reaction["user"]?.filledText.map { [$0] } ?? []
            if let place = reactions.firstIndex(where: { $0.sign == ":\(name):" }) {
                reactions[place].users += user
            } else {
                reactions.append((":\(name):", user))
            }
        }
        message.reactions = reactions
        return message
    }
}
