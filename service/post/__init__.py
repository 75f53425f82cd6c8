"""What goes out of the service: mail by SMTP, notices to webhooks by HTTP, files into folders, and what is signed with its key."""

from service.post.erasures import ErasureFile
from service.post.files import Files
from service.post.keys import DerivedKey, KeyFile, verify
from service.post.mail import Mail, MailSettings
from service.post.webhooks import Webhooks

__all__ = ["DerivedKey", "ErasureFile", "Files", "KeyFile", "Mail", "MailSettings", "Webhooks", "verify"]
