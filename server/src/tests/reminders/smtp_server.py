"""A mail server for tests: aiosmtpd with TLS and authentication.

Usage: smtp_server.py tls|starttls CERTIFICATE KEY FOLDER
It prints its port, and writes each letter that it takes into FOLDER as JSON, decoded by Python's own mail parser.
Mailboxes that begin with `gone` or `full` refuse; `silent` takes reminders and never answers.
"""

import asyncio
import email
import email.policy
import json
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

MODE, CERTIFICATE, KEY, FOLDER = sys.argv[1:5]
REFUSALS = {"gone": "550 5.1.1 no such mailbox", "full": "452 4.2.2 the mailbox is full"}


class Handler:
    letters = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        for beginning, refusal in REFUSALS.items():
            if address.startswith(beginning):
                return refusal
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        Handler.letters += 1
        letter = {
            "to": envelope.rcpt_tos,
            "headers": {name.lower(): str(value) for name, value in message.items()},
            "text": message.get_body(("plain",)).get_content(),
            "html": message.get_body(("html",)).get_content(),
        }
        file = pathlib.Path(FOLDER) / f"{Handler.letters:04}.json"
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(letter))
        partial.rename(file)
        if envelope.rcpt_tos[0].startswith("silent") and "list-unsubscribe" in letter["headers"]:
            await asyncio.sleep(3600)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"lab", b"secret")
    return AuthResult(success=right, handled=False)


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE, KEY)
    at_once = MODE == "tls"

    def protocol():
        return SMTP(
            Handler(),
            tls_context=None if at_once else context,
            require_starttls=not at_once,
            authenticator=authenticate,
            auth_required=True,
            auth_require_tls=not at_once,
        )

    server = await asyncio.get_running_loop().create_server(
        protocol, "127.0.0.1", 0, ssl=context if at_once else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
