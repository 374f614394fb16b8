// A visitor of the running system without a browser: one TLS connection for each request, cookies
// for each host, follows nothing by itself. No test itself.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { buffer } from 'node:stream/consumers';

/** Certificate (with its chain, where it sends one) and key, in PEM. */
export type ClientIdentity = { readonly cert: string; readonly key: string };

/** What came back. */
export type Answer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** What came over the wire, content encodings and all. */
  readonly octets: Uint8Array;
  readonly body: string;
  /** Where it leads; empty where it leads nowhere. */
  readonly location: string;
  readonly heading: string;
  /** What a person reads on the page. */
  readonly text: string;
  /** The inquiry number on the page. */
  readonly inquiry: string | undefined;
  /** The hidden token of the page's first form. */
  readonly formToken: string | undefined;
};

/** Header fields in place of those a browser would send; null leaves one out. */
export type Fields = Readonly<Record<string, string | readonly string[] | null>>;

/** Where visitors find the system, and whom they trust. */
export type Place = { readonly port: number; readonly serverAuthorityPem: string };

type Message = {
  readonly method: string;
  readonly fields?: Fields | undefined;
  readonly form?: Readonly<Record<string, string>>;
  /** A form with a file. */
  readonly data?: FormData;
};

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** One person's browser, with or without a certificate. */
export class Visitor {
  /** Cookies by host; tests may put in what was stolen. */
  readonly cookies = new Map<string, Map<string, string>>();
  readonly #place: Place;
  readonly #identity: ClientIdentity | undefined;
  readonly #tls: RequestOptions;

  constructor(place: Place, identity?: ClientIdentity, tls: RequestOptions = {}) {
    this.#place = place;
    this.#identity = identity;
    this.#tls = tls;
  }

  /** Asks for a page. */
  async get(url: string, fields?: Fields): Promise<Answer> {
    return await this.send(url, { method: 'GET', fields });
  }

  /** Sends a form, as from a page of the same host. */
  async post(
    url: string,
    form: Readonly<Record<string, string>>,
    fields?: Fields,
  ): Promise<Answer> {
    return await this.send(url, { method: 'POST', form, fields });
  }

  /** Sends a form with a file. */
  async upload(url: string, data: FormData): Promise<Answer> {
    return await this.send(url, { method: 'POST', data });
  }

  /** Sends any request. */
  async send(url: string, { method, form, data, fields = {} }: Message): Promise<Answer> {
    const { hostname, host, origin, pathname, search } = new URL(url);
    const { body, type } = await bodyOf(form, data);
    const headers = {
      host,
      cookie: this.#cookieHeader(hostname),
      ...(type !== undefined && { origin, 'content-type': type }),
      ...fields,
    };
    const sent = request({
      host: '127.0.0.1',
      port: this.#place.port,
      servername: hostname,
      ca: this.#place.serverAuthorityPem,
      agent: false,
      ...this.#identity,
      ...this.#tls,
      method,
      path: pathname + search,
      setHost: false,
      headers: Object.fromEntries(
        Object.entries(headers).filter(([, value]) => value !== null && value !== ''),
      ) as Record<string, string>,
    });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    this.#keepCookies(hostname, response.headers['set-cookie'] ?? []);
    return answerOf(response, await buffer(response));
  }

  /** The session cookie's value on the host of an address. */
  cookie(url: string, name: string): string | undefined {
    return this.cookies.get(new URL(url).hostname)?.get(name);
  }

  /** Puts a cookie in, as one who stole it would. */
  putCookie(url: string, name: string, value: string): void {
    const { hostname } = new URL(url);
    this.cookies.set(
      hostname,
      (this.cookies.get(hostname) ?? new Map<string, string>()).set(name, value),
    );
  }

  #cookieHeader(hostname: string): string {
    return Array.from(this.cookies.get(hostname) ?? [], ([name, value]) => `${name}=${value}`).join(
      '; ',
    );
  }

  #keepCookies(hostname: string, lines: readonly string[]): void {
    const kept = this.cookies.get(hostname) ?? new Map<string, string>();
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0/i.test(line)) kept.delete(name);
      else kept.set(name, value);
    }
    this.cookies.set(hostname, kept);
  }
}

async function bodyOf(
  form: Message['form'],
  data: FormData | undefined,
): Promise<{ readonly body: string | Uint8Array; readonly type: string | undefined }> {
  if (form !== undefined) return { body: new URLSearchParams(form).toString(), type: FORM_TYPE };
  if (data === undefined) return { body: '', type: undefined };
  const encoded = new Response(data);
  const type = encoded.headers.get('content-type') ?? '';
  return { body: new Uint8Array(await encoded.arrayBuffer()), type };
}

function answerOf(response: IncomingMessage, octets: Buffer): Answer {
  const body = octets.toString();
  return {
    octets,
    status: response.statusCode ?? 0,
    headers: response.headers,
    body,
    location: response.headers.location ?? '',
    text: textOf(body),
    heading: (/<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1] ?? '').replaceAll('<wbr>', ''),
    inquiry: /class="inquiry(?:-number)?"[^>]*>([^<]*)</.exec(body)?.[1],
    formToken: /name="form-token" value="([^"]*)"/.exec(body)?.[1],
  };
}

function textOf(body: string): string {
  const visible = body
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll('<wbr>', '')
    .replaceAll(/<[^>]*>/g, ' ');
  return visible.replaceAll(/\s+/g, ' ');
}
