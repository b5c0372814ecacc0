"""Which service gets what: the one place that knows where an address leads and what is sent there. Pure.

On the shelf: the desk decides by it what to hold back, the page and `doctor` say it.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.config import EmbeddingSettings, LanguageModelSettings, Settings

EVERY_GROUP = "*"
UNKNOWN = "内部"  # the group of what is marked internal without a name; and of what nobody knows
_OWN_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)


@dataclass(frozen=True, slots=True)
class Service:
    """A service that is asked: its name for people, its address, and what it gets (Chinese)."""

    name: str
    model: str
    where: str
    external: bool
    gets: str


def services(settings: Settings) -> tuple[Service, ...]:
    """Every service that the settings name; () when nothing leaves the computer."""
    told = []
    if settings.llm.model:
        told.append(_language_model(settings.llm))
    if settings.embedding.base_url:
        told.append(_vectors(settings.embedding, settings.embedding.base_url))
    return tuple(told)


def is_external(settings: LanguageModelSettings) -> bool:
    """Whether what is sent to the language model leaves the office: as the settings say, else by the address.

    Without an address LangChain chooses the provider's own, which is outside.
    """
    if settings.external is not None:
        return settings.external
    return settings.base_url is None or not stays_inside(settings.base_url)


def stays_inside(url: str) -> bool:
    """Whether an address is of this computer or of a private network. A name other than localhost proves nothing, nor is
    it looked up: what it leads to may change.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _OWN_NETWORKS if network.version == address.version)


def may_get(settings: LanguageModelSettings, group: str | None) -> bool:
    """Whether the language model may be sent a document of `group` (None: it is not marked internal)."""
    allowed = settings.send_groups
    return group is None or not is_external(settings) or group in allowed or EVERY_GROUP in allowed


def _language_model(settings: LanguageModelSettings) -> Service:
    gets = "每次提问会发给它问题和查到的原文，由它写出回答；每一句都由本系统核对原文，核对不到的"
    gets += "标明“未核对到原文”。" if settings.unsupported == "mark" else "不显示。"
    external = is_external(settings)
    if external:
        gets += (
            "身份证号、手机、电话、银行卡号和邮箱先换成代号再发，回答里再换回来；姓名、住址不换。"
            if settings.mask_personal
            else "个人信息不遮盖（llm.mask_personal 已关闭）。"
        )
        groups = "、".join(settings.send_groups)
        gets += (
            "标明为内部的资料也会发给它（llm.send_groups 已允许全部）。"
            if EVERY_GROUP in settings.send_groups
            else f"标明为内部的资料不发给它{f'，{groups}除外' if groups else ''}。"
        )
    else:
        gets += "个人信息不遮盖，标明为内部的资料也会发给它，因为它在本机或本单位网络里。"
    where = _address(settings.base_url) if settings.base_url else "该模型的默认地址"
    return Service("语言模型服务", settings.model or "", where, external, gets)


def _vectors(settings: EmbeddingSettings, base_url: str) -> Service:
    return Service(
        "向量模型服务",
        settings.model,
        _address(base_url),
        not stays_inside(base_url),
        "导入时会发给它资料的全文，提问时会发给它问题。",
    )


def _address(url: str) -> str:
    """Without the name and password that may stand in it."""
    front, at, rest = url.rpartition("@")
    scheme = front.partition("//")[0] + "//" if "//" in front else ""
    return f"{scheme}{rest}" if at else url
