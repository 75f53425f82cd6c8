"""What goes out of the service: mail by SMTP, and notices to webhooks by HTTP."""

from service.post.mail import Mail, MailSettings
from service.post.webhooks import Webhooks

__all__ = ["Mail", "MailSettings", "Webhooks"]
