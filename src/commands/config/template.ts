/**
 * The file of `nightferry config init`. Keys are commented out without a space, so that an editor's "uncomment" makes
 * them count; words have a space after the sign.
 */
export const TEMPLATE = `# nightferry.toml: servers, logins, options and notices.
#
# It counts in the folder where it lies, or as ~/.config/nightferry/nightferry.toml, or by --config FILE.
# It must be yours, and nobody else may write it. Options of a command line go before it.
# It holds no secret, only where one is: a file of yours (mode 600), a command, or an environment variable.
# Paths are taken from the folder of this file. \`nightferry config check\` names everything that is wrong.

# [source] and [destination]: the two servers of \`nightferry run PLAN\`.
#[source]
#url = "imaps://imap.gmail.com"            # imap://host for STARTTLS
#oauth = "google"                          # or one of the next four
#password-command = "pass show old/{email}"
#password-file = "old.secret"              # its first line; mode 600
#password-env = "OLD_PASSWORD"
#token-command = "get-token {email}"       # prints an access token
#login = "{user}*master"                   # the user to log in as; the secret is then the master's
#authzid = true                            # log in as the user in the URL, act as the mailbox (SASL PLAIN)
#preauth = true                            # for \`nightferry move\`: a server that wants no login
#ca = "old-ca.pem"                         # the authority that signed its certificate
#fingerprint = "9F:86:D0:81:88:4C:7D:65:9A:2F:EA:A0:C5:5A:D0:15:A3:BF:4F:1B:2B:0B:82:2C:D1:5D:6C:15:B0:F0:0A:08"
#profile = "gmail"                         # what is known of the provider; default: found by itself
#budget = "2000MB/day"                    # of an account; or { down = "2000MB/day", up = "400MB/day" }
#rate = "4M"                              # bytes a second, at most

#[destination]
#url = "imaps://outlook.office365.com"
#oauth = "m365"

# More servers, for plans with several: the columns Source and Destination name them. Keys as above, each with its own login.
#[server.branch]
#url = "imaps://mail.branch.example"

# Applications that get access tokens. Microsoft 365, all mailboxes of a tenant:
#[oauth.m365]
#flow = "m365"
#tenant = "TENANT-ID"
#client-id = "CLIENT-ID"
#secret-command = "pass show m365"         # or one of the next three
#secret-file = "m365.secret"
#secret-env = "M365_SECRET"
#certificate = "m365.pem"                  # certificate and key in one PEM file; or certificate-command, certificate-env
#certificate-command = "pass show m365-pem"
#certificate-env = "M365_PEM"
#scope = "https://outlook.office365.com/.default"
#token-endpoint = "https://login.microsoftonline.us/TENANT-ID/oauth2/v2.0/token"

# Google Workspace, all users of a domain:
#[oauth.google]
#flow = "google"
#service-account = "key.json"              # or service-account-command, service-account-env
#service-account-command = "pass show google-key"
#service-account-env = "GOOGLE_KEY"

# One account, after \`nightferry login ann\`: flow "device" (Microsoft 365) or "code" (Google, Microsoft 365, others).
#[oauth.ann]
#flow = "code"
#provider = "google"                       # or tenant = "TENANT-ID", or both endpoints
#client-id = "CLIENT-ID"
#refresh-token-file = "ann.token"          # \`nightferry login\` writes it
#refresh-token-command = "pass show ann"   # in its place, for flow "refresh"
#refresh-token-env = "ANN_TOKEN"
#authorization-endpoint = "https://id.example/authorize"
#device-endpoint = "https://id.example/device"

# What is moved, and how fast: as the options of the same names.
#[batch]
#include = ["INBOX", "Archive/**"]
#exclude = ["Trash", "Junk"]
#map = ["Sent Items=Sent"]
#folder-prefix = "Old"
#include-shared = false
#deleted = "carry"                         # or "strip", "skip"
#dates = "internal"                        # or "header"
#labels = "first-folder"                   # or "all-folders", "keywords": a message of Gmail with several labels
#since = "2020-01-01"                      # received on that day or later
#until = "2026-12-31 Europe/Berlin"
#max-size = "35M"                          # default: what the destination names
#memory = "128M"
#rate = "4M"                              # bytes a second of each endpoint, at most
#stagger = "60-90"                         # seconds between two first starts
#concurrency = 20
#order = "plan"                            # or "size", "newest"
#look = true                               # count waiting mailboxes early
#window = "20:00-06:00 Europe/Berlin"      # default: always
#wait = false                              # start also while a server cannot be reached
#insecure-plaintext = false                # imap:// without STARTTLS, on both sides

# How you are told while you are not there.
#[notify]
#command = "/usr/local/bin/page"           # JSON on its standard input
#webhook-file = "webhook"                  # the URL is a secret; or webhook-command, or webhook-env
#webhook-command = "pass show webhook"
#webhook-env = "NOTIFY_URL"
#mail = { to = "ops@example.org", from = "nightferry@example.org", server = "smtps://nightferry@mail.example.org", password-file = "mail.secret" } # beside a webhook, or alone
#shape = "json"                            # or "ntfy", "slack"; default: by the host
#when = ["ended", "needs-you", "server-left-alone", "stalled", "budget-spent", "window-closing"]
`;
