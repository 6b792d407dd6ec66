extension ContentProperty {
    /// Creates a property with bytes, such as `PHOTO`, in the form of a version of vCard: a `data:` URI (RFC 6350), or
    /// base64 with `ENCODING=b` (RFC 2426). The media type, such as `image/jpeg`, is nil if it is unknown.
    public init(
        _ name: String,
        data: [UInt8],
        mediaType: String?,
        in version: VCard.Version,
        group: String? = nil
    ) {
        let mediaType = mediaType ?? VCardMedia.unknown
        let encoded = Base64.encode(data)
        switch version {
        case .v4_0:
            self.init(name, rawValue: "data:\(mediaType);base64,\(encoded)", group: group)
        case .v2_1, .v3_0:
            let type = ContentParameter("TYPE", [VCardMedia.typeName(of: mediaType)])
            self.init(name, rawValue: encoded, group: group, parameters: [ContentParameter("ENCODING", ["b"]), type])
        }
    }

    /// The bytes of a value in base64, either a `data:` URI (RFC 6350) or with `ENCODING=b` (RFC 2426); nil for other
    /// values.
    public var data: [UInt8]? {
        if isBase64 { return Base64.decode(rawValue.utf8) }
        return dataURI.flatMap { Base64.decode($0.encoded.utf8) }
    }

    /// The media type of the bytes; nil if it is not declared.
    public var mediaType: String? {
        if let dataURI { return dataURI.mediaType }
        if let type = parameterValues("MEDIATYPE").first { return type.lowercased() }
        guard isBase64, let type = types.first else { return nil }
        return VCardMedia.mediaType(of: type, for: name)
    }

    /// Whether the value is in base64 with `ENCODING=b`.
    var isBase64: Bool { parameterValues("ENCODING").first?.lowercased() == "b" }

    /// The parts of a `data:` URI in base64 (RFC 2397). Commas and semicolons may be escaped in it.
    var dataURI: (mediaType: String, encoded: String)? {
        guard rawValue.after(scheme: "data:") != nil, let rest = text.after(scheme: "data:")?.utf8 else { return nil }
        guard let comma = rest.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        let header = String(decoding: rest[..<comma], as: UTF8.self).lowercased()
        guard header.hasSuffix(";base64") else { return nil }
        let encoded = String(decoding: rest[rest.index(after: comma)...], as: UTF8.self)
        // Parameters of the media type, such as a charset, say nothing about images and sounds.
        let mediaType = header.prefix { $0 != ";" }
        return (mediaType.isEmpty ? VCardMedia.unknown : String(mediaType), encoded)
    }

    /// The parameters without `PREF` and the type `pref`.
    var parametersWithoutPreference: [ContentParameter] {
        parameters.compactMap { parameter in
            if parameter.isNamed("PREF") { return nil }
            guard parameter.isNamed("TYPE") else { return parameter }
            let values = parameter.values.filter { $0.lowercased() != ContentProperty.preferred }
            return values.isEmpty && !parameter.values.isEmpty ? nil : ContentParameter(parameter.name, values)
        }
    }
}

/// The conversion between media types and the type names of vCard 3.0.
enum VCardMedia {
    static let unknown = "application/octet-stream"

    /// Returns the media type of a `TYPE` such as `jpeg` in a property of this name.
    static func mediaType(of type: String, for name: String) -> String {
        if type.contains("/") { return type }
        return switch name.uppercased() {
        case "PHOTO", "LOGO": "image/\(type)"
        case "SOUND": "audio/\(type)"
        default: "application/\(type)"
        }
    }

    /// Returns the `TYPE` of a media type, such as `JPEG`.
    static func typeName(of mediaType: String) -> String {
        mediaType.split(separator: "/", maxSplits: 1).last.map { $0.uppercased() } ?? unknown
    }
}
