// How a bound on the whole installation is divided among the processes that serve it.

/** The share of one process, so that all together allow no more; at least one. */
export function shareOf(limit: number, processes: number): number {
  return Math.max(1, Math.floor(limit / processes));
}
