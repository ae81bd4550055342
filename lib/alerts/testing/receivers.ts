import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { mailer } from '@/lib/server/alerts';
import type { SendMail } from '../deliver';

export type Receiver = {
  url: string;
  received: { headers: IncomingHttpHeaders; body: string }[];
  close(done: () => void): void;
};

/** A webhook receiver on loopback HTTP that answers as a test tells it to. */
export async function startReceiver(
  respond: (response: ServerResponse) => void,
): Promise<Receiver> {
  const received: Receiver['received'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      respond(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-path`,
    received,
    close: (done) => {
      server.close(done);
      server.closeAllConnections();
    },
  };
}

export type MailServer = {
  sendMail: SendMail;
  mails: { to: string[]; raw: string }[];
  close(done: () => void): void;
};

const REFUSALS: Record<string, number> = { refused: 550, busy: 451 };

/** A mail server that takes all addresses but `refused@…`, for good, and `busy@…`, for now. */
export async function startMailServer(): Promise<MailServer> {
  const mails: MailServer['mails'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = REFUSALS[address.split('@')[0] ?? ''];
      done(responseCode ? Object.assign(new Error('not taken'), { responseCode }) : null);
    },
    onData: (stream, session, done) => {
      let raw = '';
      stream.on('data', (chunk: Buffer) => (raw += chunk.toString()));
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map((each) => each.address), raw });
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  return {
    sendMail: mailer(`smtp://127.0.0.1:${port}`, 'rolegate@example.com'),
    mails,
    close: (done) => void server.close(done),
  };
}
