"""The messages of an index on a cluster in Chinese."""

from __future__ import annotations

OPENSEARCH = {
    "{} cannot be reached: see whether a node runs at one of these addresses": (
        "连不上 {}：请确认其中某个地址上有节点在运行"
    ),
    "{} does not answer in time: is the cluster overloaded?": "{} 没有及时应答：集群是否过载？",
    "{} is overloaded or not ready ({}): try again later": "{} 过载或尚未就绪（{}）：请稍后再试",
    "the certificate of {} is not trusted: name its authority's in {}": (
        "不信任 {} 的证书：请用环境变量 {} 指明签发机构的证书"
    ),
    "{} refuses this user and password, or this key: {}": "{} 拒绝了这个用户名和密码（或密钥）：{:m}",
    "{} asks who you are: {}": "{} 要求登录：{:m}",
    "set {} and {}, or {}": "请设置 {} 和 {}，或者 {}",
    "this user may not do that at {}: {}": "这个用户在 {} 没有权限：{}",
    "what answers at {} {}": "{} 上应答的{:m}",
    "is not an OpenSearch cluster of version {} or newer": "不是 {} 或更新版本的 OpenSearch 集群",
    "{} runs version {}; upgrade the cluster to {} or newer": "{} 的版本是 {}；请把集群升级到 {} 或更新",
    "{} is read-only now ({}): {}": "{} 现在只读（{}）：{:m}",
    "free disk space on its nodes, or lift the block, and write again": "请腾出节点的磁盘空间，或解除只读，再重新写入",
    "{} has no room for more articles now: try again later": "{} 暂时收不下更多文章：请稍后再试",
    "{} refuses article {}: {}, {}": "{} 拒收文章 {}：{}，{}",
    "{} refuses a request ({}, {}): {}": "{} 拒绝了请求（{}，{}）：{}",
    "more words than the cluster takes at once": "词语太多，集群一次处理不了",
    "ask for fewer": "请减少词语",
    "{} articles would have to be read to see which match: {}": "要逐篇读 {} 篇文章才能判断是否符合：{:m}",
    "ask for more words with it, a field, or a range of dates": "请加上别的词、字段或日期范围",
    "{} did not search all of its shards in time": "{} 没能及时查完所有分片",
    "{} must be one index and is an alias of several: {}": "{} 应指一个索引，却是几个索引的别名：{}",
    "this index was not made by searchlib; name another": "这个索引不是 searchlib 建的；请换一个名字",
    "an index of searchlib": "searchlib 的索引",
    "read it with the release that wrote it, or write it again from an export": (
        "请用写入它的版本来读，或从导出的文件重新建立"
    ),
    "cut its articles anew with: search index --convert -i {}": "请重新切分：search index --convert -i {}",
    "more than {} values of {} are in the range: {}": "{1} 在此范围内的值超过 {0} 个：{2:m}",
    "ask for a narrower one, or by since and until": "请缩小范围，或改用起止日期",
    "{} has more than {} values among what is found: {}": "结果中 {} 的值超过 {} 个：{:m}",
    "sort by date, or narrow the search": "请按日期排序，或缩小检索范围",
    "reprints are not looked for among {} articles: {}": "不在 {} 篇文章中找转载：{:m}",
    "narrow the search to {} articles, or ask without grouping": "请把结果缩小到 {} 篇以内，或不合并转载",
    "an index on a cluster is not copied into {}: {}": "集群上的索引不能复制到 {}：{:m}",
    "have the cluster make a snapshot, or write the articles out with: search export": (
        "请让集群做快照，或导出文章：search export"
    ),
    "a cluster is not repaired from here: {}": "不能从这里修复集群：{:m}",
    "it does so from its replicas; what search doctor still names is restored from a snapshot": (
        "集群会用副本自行修复；search doctor 仍然报告的，请从快照恢复"
    ),
    "{}: some articles cannot be found, {} shards have no node": "{}：有 {} 个分片没有节点，部分文章查不到",
    "{}: {} copies of shards have no node: another node lost may lose articles": (
        "{}：有 {} 个分片副本没有节点：再失去一个节点可能丢失文章"
    ),
    "{}: {} of {} is set, nothing can be written": "{}：{2} 设了 {1}，不能写入",
    "an address without user and password; give them as {} and {} in the environment": (
        "地址里不能有用户名和密码；请用环境变量 {} 和 {} 给出"
    ),
    "{}://, so that the password or key is not readable on the way": "请用 {}://，以免密码或密钥在途中被读到",
    "a user has a name and a password: set {} as well": "用户名和密码要成对：请再设置 {}",
    "a file of certificates, PEM": "PEM 格式的证书文件",
    "a file of text that can be read": "可以读的文本文件",
    "a folder, or opensearch://host:9200,host2:9200/INDEX on a cluster (opensearchs:// with TLS); index names are lower case": (
        "文件夹，或集群上的 opensearch://主机:9200,主机2:9200/索引（TLS 用 opensearchs://）；索引名用小写"
    ),
    "behind the ? only shards=1…999, replicas=0…999 and lexicon=DIR, joined by &": (
        "? 后面只能是 shards=1…999、replicas=0…999 和 lexicon=目录，用 & 连接"
    ),
}
