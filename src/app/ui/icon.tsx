/** Line drawings on a 24 × 24 grid. Inline, so that a page needs no further file. */
const drawings = {
  phone: (
    <path d="M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2" />
  ),
  paper: <path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6" />,
  routine: (
    <path d="M6 3h12a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM8 8h8M8 12h8M8 16h5" />
  ),
  home: <path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z" />,
  search: <path d="M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM20 20l-4-4" />,
  forward: <path d="m9 6 6 6-6 6" />,
  back: <path d="m15 6-6 6 6 6" />,
  down: <path d="m6 9 6 6 6-6" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  cross: <path d="M6 6l12 12M18 6 6 18" />,
  warning: <path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17.4v.1" />,
  info: <path d="M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 11v5M12 7.6v.1" />,
  question: (
    <path d="M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.9v.1" />
  ),
  clock: <path d="M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 7v5l3.5 2" />,
  speaker: (
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />
  ),
  stop: <path d="M7 7h10v10H7z" />,
  people: (
    <path d="M12 8.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM3.5 19.5c0-3.5 2.2-6 5.5-6s5.5 2.5 5.5 6M15.5 5.8a3 3 0 0 1 0 5.4M17.5 14c1.9.8 3 2.8 3 5.5" />
  ),
  computer: <path d="M4 5h16v11H4zM9 20h6M12 16v4" />,
  power: <path d="M13 3 5 13.5h6L10 21l9-11h-6.5z" />,
  building: <path d="M5 21V4h10v17M15 9h4v12M3 21h18M8.5 8h3M8.5 12h3M8.5 16h3" />,
  other: <path d="M12 3.5 20.5 8v8L12 20.5 3.5 16V8zM3.5 8l8.5 4.5L20.5 8M12 12.5v8" />,
  print: <path d="M7 9V3.5h10V9M7 17H4.5V9h15v8H17M7 14.5h10V21H7z" />,
  pin: (
    <path d="M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11zM14.5 10a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z" />
  ),
  camera: (
    <path d="M4 7.5h3.5L9 5h6l1.5 2.5H20V19H4zM15.5 13a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0z" />
  ),
  picture: <path d="M4 5h16v14H4zM4 16l4.5-4.5 4 4L15 13l5 5M15.5 9.5v.1" />,
  copy: <path d="M9 8h11v12H9zM15 8V4H4v12h5" />,
  plus: <path d="M12 5v14M5 12h14" />,
  addToHome: (
    <path d="M6 3h12a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM12 8v8M8 12h8" />
  ),
  refresh: <path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9M20 4v5h-5" />,
  count: <path d="M9 4 7 20M17 4l-2 16M4.5 9h16M3.5 15h16" />,
  return: <path d="M9 14.5 4.5 10 9 5.5M4.5 10H14a5.5 5.5 0 0 1 0 11h-3" />,
  exercise: <path d="M6 3.5v17M6 4.5h12l-3 4 3 4H6" />,
  globe: (
    <path d="M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM3 12h18M12 3c2.5 2.5 3.8 5.5 3.8 9s-1.3 6.5-3.8 9c-2.5-2.5-3.8-5.5-3.8-9S9.500 5.500 12 3z" />
  ),
} as const

export type IconName = keyof typeof drawings

/** A decorative drawing: whatever it says is said in words beside it. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      className={className === undefined ? 'icon' : `icon ${className}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  )
}
