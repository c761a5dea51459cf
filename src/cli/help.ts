export const help = `Liquidation cascade risk for DeFi protocol parameters.

Usage:
  plimsoll check FILE                 Check a risk file and its data files.
  plimsoll simulate FILE [options]    Check it, simulate it, decide its limits.
  plimsoll import PROTOCOL [options]  Write the risk file of a live deployment:
                                      aave-v3 or morpho-blue.

Options of import:
  --provider ADDRESS   Of aave-v3: the deployment's PoolAddressesProvider.
  --market ID          Of morpho-blue: a market; several are given one by one.
  --morpho ADDRESS     Of morpho-blue: the contract, if not the usual one.
  --quoter ADDRESS     Uniswap's QuoterV2: its v3 pools become venues.
  --rpc URL            Node to read from (default: PLIMSOLL_RPC_URL, which keeps
                       keys out of histories).
  --block N            Block to read at (default: the newest).
  --out DIR            Folder to write to.
  --update             Refresh the file that is there and tell what has changed.

Options of simulate:
  --format text|json   What is written to standard output (default: text).
                       The JSON is described by schemas/result.schema.json.
  --threads N          Threads that simulate (default: 2 where there are two
                       processors). The results do not depend on it.

Other options:
  -h, --help           Show this text.
  -v, --version        Show the version.

Exit codes:
  0   no errors and no broken limit (an undecided limit is a warning)
  1   a broken limit, or an error in a file that can still be read
  2   unusable input: no such file, not YAML, wrong usage
  3   the simulation itself broke off (a lost thread, or a defect)

Data files are read relative to the folder of FILE. Progress is written to
standard error when that is a terminal. NO_COLOR=1 switches colours off.
`;
