/** A failure of a target is evidence about it; one of ours says nothing about it. */
export type OutboundFailure = {
  /**
   * `target`: it refused, reset, failed TLS, does not exist (NXDOMAIN) or stayed silent past the
   * deadline. `ours`: the gate refused the address, our name server failed, there is no route.
   */
  fault: 'target' | 'ours';
  /** The system's own word (`ECONNREFUSED`, `CERT_HAS_EXPIRED`), or ours (`TIMEOUT`, `NXDOMAIN`). */
  code: string;
  message: string;
  /** Whether the same call may succeed later. */
  retry: boolean;
  /** Whether the target may have received a request. */
  sent: boolean;
};

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: OutboundFailure };

export type OutboundRequest = {
  url: string;
  method?: string | undefined;
  /** A redirect to another origin takes along nothing but `accept`. */
  headers?: Readonly<Record<string, string>> | undefined;
  body?: string | undefined;
  /** Redirects to follow; each is checked like the first address. Default 0: they are answers. */
  redirects?: number | undefined;
  /** What is read of the body, after decompression. The rest is never received. */
  maxBytes: number;
};

/** Milliseconds of each phase, without the time spent waiting for our own turn. */
export type Timings = {
  dns: number;
  connect: number;
  /** Null without TLS. */
  tls: number | null;
  /** From the request to the status line. */
  firstByte: number;
  /** All of it, redirects and body included. */
  total: number;
};

export type OutboundResponse = {
  /** Where the answer came from, after redirects. */
  url: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /** The body was longer than `maxBytes`. */
  truncated: boolean;
  /** Those of the last request, but for `total`. */
  timings: Timings;
};

export type TlsFacts = {
  authorized: boolean;
  /** Why not authorized, such as `CERT_HAS_EXPIRED`. */
  error: string | null;
  /** ISO; null when the target showed no certificate. */
  validTo: string | null;
  issuer: string | null;
  subject: string | null;
  altNames: readonly string[];
  protocol: string | null;
};

export type DnsAnswer = {
  answers: readonly string[];
  rcode: 'NOERROR' | 'NXDOMAIN';
  durationMs: number;
};

export type OutboundOptions = { timeoutMs: number; signal: AbortSignal };

/**
 * The one way out: everything that a runbook or a connection can reach goes through here. Names are
 * resolved, every address is classified (only public ones, unless the settings list it), and the
 * very address that was checked is dialled. Each call makes a connection of its own: one from a pool
 * that the target closed meanwhile would look like evidence against it. Proxy variables of the
 * environment count for nothing.
 *
 * Nothing rejects but for `signal` (with its reason) or a fault of this code.
 */
export interface Outbound {
  request(request: OutboundRequest, options: OutboundOptions): Promise<Outcome<OutboundResponse>>;
  /** Opens and closes a TCP connection. */
  connect(
    target: { host: string; port: number },
    options: OutboundOptions,
  ): Promise<Outcome<{ durationMs: number }>>;
  /** A TLS handshake; a certificate that cannot be trusted is a fact, not a failure. */
  handshake(
    target: { host: string; port: number; servername: string | null },
    options: OutboundOptions,
  ): Promise<Outcome<TlsFacts>>;
  /** Asks the name servers, past the hosts file; a name of `outbound.hosts` is answered from there. */
  query(
    question: { name: string; type: string },
    options: OutboundOptions,
  ): Promise<Outcome<DnsAnswer>>;
}
