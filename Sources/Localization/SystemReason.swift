import Glibc

extension Text {
    /// Why a system call failed. The errors a user is likely to meet have words in both languages; the others have those
    /// of the C library, which without locale files speaks English alone.
    ///
    /// - Parameter errno: the error's number (POSIX.1-2017, errno.h).
    public init(errno: Int32) {
        let en = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
        self.init(en: en, es: Self.spanishReasons[errno] ?? en)
    }

    private static let spanishReasons: [Int32: String] = [
        EACCES: "permiso denegado",
        EBADF: "el descriptor de archivo no sirve",
        EBUSY: "el archivo o dispositivo está en uso",
        ECANCELED: "operación cancelada",
        EDQUOT: "se excedió la cuota de disco",
        EEXIST: "el archivo ya existe",
        EFBIG: "el archivo es demasiado grande",
        EIO: "error de entrada o salida",
        EISDIR: "es una carpeta",
        ELOOP: "demasiados enlaces simbólicos",
        EMFILE: "demasiados archivos abiertos",
        ENAMETOOLONG: "el nombre del archivo es demasiado largo",
        ENODEV: "no existe el dispositivo",
        ENOENT: "no existe el archivo o la carpeta",
        ENOSPC: "no queda espacio en el dispositivo",
        ENOTDIR: "no es una carpeta",
        EPERM: "operación no permitida",
        EROFS: "el sistema de archivos es de solo lectura",
    ]
}
