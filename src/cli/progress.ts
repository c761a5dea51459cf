/** One line on a terminal that is written over; nothing elsewhere. */
export interface ProgressLine {
  show(done: number, total: number): void;
  /** What is done, completed by the numbers. */
  tell(doing: string, done: number, total: number): void;
  clear(): void;
}

export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY) return { show() {}, tell() {}, clear() {} };
  const write = (text: string) => stream.write(`\r\x1b[K${text}`);
  return {
    show(done, total) {
      const percent = Math.floor((100 * done) / Math.max(1, total));
      write(`Simulating: ${done} of ${total} paths (${percent}%)`);
    },
    tell: (doing, done, total) => void write(`${doing} ${done} of ${total}`),
    clear: () => void write(""),
  };
}
