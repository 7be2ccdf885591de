/** What one server takes; chosen so that a whole municipality fits behind one address. */
export interface PostLimits {
  /** The whole body of a release: a department of 1,000 documents and its key file. */
  releaseBytes: number
  bodyMs: number
  /** Large bodies that are read at the same time, and the memory they may fill; half for one address. */
  atOnce: number
  bytesAtOnce: number
  windowMs: number
  /** Requests per address and window (releases, roots, beats) that brought nothing. */
  perAddress: number
  /** Bytes per address and window that brought nothing. */
  bytesPerAddress: number
  /** Of an address that is above these: the largest body, the time it has, how many are read at the same time. */
  lateBytes: number
  lateMs: number
  lateAtOnce: number
  /** Releases per department, generation and window; counted only when accepted: strangers use up nothing. */
  perDepartment: number
  /** Bytes of accepted releases per department, generation and day. */
  releaseBytesPerDay: number
  /** Releases and entries leave so much of the disk free: for roots, beats and heads that are signed again. */
  keepFreeBytes: number
  /** Beats per department and window; counted only when accepted. */
  beatsPerDepartment: number
  /** Roots a day that fewer root keys signed than it takes to change root keys, whatever the address. */
  rootsPerDay: number

  /** Beats and entries have at most 8 KB: time for one over a bad line. */
  smallBodyMs: number
  /** Small bodies that are read at the same time; half for one address. */
  smallAtOnce: number
  /** Entries per address and window that brought nothing: 5,000 phones that missed a rotation. */
  entriesPerAddress: number
  /** Entries per department and window; counted only when admitted. */
  entriesPerDepartment: number
  /** So many of each device in a window are not counted to its department. */
  entriesOwnPerDevice: number
  /** Entries per device and window; counted only when admitted. */
  entriesPerDevice: number
  /** Entries held of one device, and of one department: 400 MB at most. */
  heldPerDevice: number
  heldPerDepartment: number
  /** Devices that entries are held of, and how many new ones come in a day, per department. */
  devicesPerDepartment: number
  newDevicesPerDay: number
}

export const postLimits: PostLimits = {
  releaseBytes: 24 * 1024 * 1024,
  bodyMs: 120_000,
  atOnce: 64,
  bytesAtOnce: 96 * 1024 * 1024,
  windowMs: 10 * 60_000,
  perAddress: 300,
  bytesPerAddress: 512 * 1024 * 1024,
  lateBytes: 512 * 1024,
  lateMs: 10_000,
  lateAtOnce: 1_000,
  perDepartment: 60,
  releaseBytesPerDay: 200 * 1024 * 1024,
  keepFreeBytes: 200 * 1024 * 1024,
  beatsPerDepartment: 60,
  rootsPerDay: 60,

  smallBodyMs: 20_000,
  smallAtOnce: 1_000,
  entriesPerAddress: 20_000,
  entriesPerDepartment: 20_000,
  entriesOwnPerDevice: 10,
  entriesPerDevice: 200,
  heldPerDevice: 1_000,
  heldPerDepartment: 50_000,
  devicesPerDepartment: 6_000,
  newDevicesPerDay: 500,
}
