// Does many small jobs, some at a time. Not a pool of threads: for jobs that wait for the database.

/** Does the work for each item, so many at a time; results keep the items' order. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  const go = async () => {
    for (const [i, item] of rest) results[i] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, go));
  return results;
}
