// Loaded into the server before it starts: on SIGUSR2 it ends every worker thread, as the system does when memory is short.
const workers = new Set();

process.on("worker", (worker) => {
  workers.add(worker);
  worker.once("exit", () => workers.delete(worker));
});
process.on("SIGUSR2", () => {
  for (const worker of workers) void worker.terminate();
});
