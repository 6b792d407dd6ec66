import Glibc

extension Text {
    /// Creates the reason why a system call failed. The errors usual for files and pipes have texts in both languages.
    /// Any other has the text of the C library in English (it knows no other without locale files) and its number in
    /// Spanish.
    ///
    /// - Parameter errno: the error's number (POSIX.1-2017, errno.h).
    public init(errno: Int32) {
        let en = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
        self.init(en: en, es: Self.spanishReasons[errno] ?? "error \(errno) del sistema")
    }

    /// Creates the reason why a system call failed on a file: `a.csv: Permission denied`.
    public init(errno: Int32, of path: String) {
        let reason = Text(errno: errno)
        self.init(en: "\(path): \(reason.en)", es: "\(path): \(reason.es)")
    }

    private static let spanishReasons: [Int32: String] = [
        EACCES: "permiso denegado",
        EAGAIN: "el recurso no está disponible por ahora",
        EBADF: "el descriptor de archivo no sirve",
        EBUSY: "el archivo o dispositivo está en uso",
        ECANCELED: "operación cancelada",
        EDQUOT: "se excedió la cuota de disco",
        EEXIST: "el archivo ya existe",
        EDEADLK: "se evitó un bloqueo mutuo",
        EFBIG: "el archivo es demasiado grande",
        EINTR: "la llamada al sistema se interrumpió",
        EINVAL: "argumento no válido",
        EIO: "error de entrada o salida",
        EISDIR: "es una carpeta",
        ELOOP: "demasiados enlaces simbólicos",
        EMFILE: "demasiados archivos abiertos",
        EMLINK: "demasiados enlaces",
        ENAMETOOLONG: "el nombre del archivo es demasiado largo",
        ENODEV: "no existe el dispositivo",
        ENFILE: "demasiados archivos abiertos en el sistema",
        ENOENT: "no existe el archivo o la carpeta",
        ENOEXEC: "no es un programa que pueda ejecutarse",
        ENOLCK: "no hay bloqueos disponibles",
        ENOMEM: "no hay memoria suficiente",
        ENOSPC: "no queda espacio en el dispositivo",
        ENOTDIR: "no es una carpeta",
        ENOTEMPTY: "la carpeta no está vacía",
        ENOTSUP: "operación no admitida",
        ENXIO: "no existe el dispositivo o la dirección",
        EOVERFLOW: "el valor es demasiado grande",
        EPERM: "operación no permitida",
        EPIPE: "quien leía la salida se fue",
        EROFS: "el sistema de archivos es de solo lectura",
        ESPIPE: "no es posible desplazarse en este archivo",
        ESTALE: "el archivo en la red ya no es válido",
        ETIMEDOUT: "se agotó el tiempo de espera",
        ETXTBSY: "el programa está en ejecución",
        EXDEV: "los archivos están en sistemas de archivos distintos",
    ]
}
