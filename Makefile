# Runs from the project folder with GNU make 3.81 or later, bash, and Python 3.11 or 3.12.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test install model evals clean dev-install
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
# The stamps carry a hash of what was installed: nothing is done while it is the same.
HASH := $(shell cat pyproject.toml constraints.txt | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-16)
RUNTIME := $(VENV)/.installed-$(HASH)
DEV := $(VENV)/.dev-$(HASH)
LOCAL := $(VENV)/.local-$(HASH)
LLM ?= qwen2.5-coder-1.5b-instruct-q4

# A Python that is 3.11 or 3.12 and can make environments.
SUITS := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))
PYTHON ?= $(shell for name in python3.11 python3.12 python3 python; do for found in $$(type -aP $$name); do \
	if $$found -c '$(SUITS)' >/dev/null 2>&1; then echo $$found; exit; fi; done; done)

help: ## 显示本说明
	@echo "用法:make <命令>"; sed -n 's/^\([a-z]*\): .*## /  make \1|/p' Makefile | while IFS='|' read -r name text; \
	do printf '%-16s%s\n' "$$name" "$$text"; done

run: $(RUNTIME) ## 准备环境、模型和索引,在 http://127.0.0.1:7860 打开问答页面
	@exec $(PY) app.py

test: $(DEV) ## 运行全部检查和测试
	@echo "[1/5] 代码检查(ruff check)";  $(PY) -m ruff check .
	@echo "[2/5] 代码格式(ruff format)"; $(PY) -m ruff format --check .
	@echo "[3/5] 类型检查(mypy)";        $(PY) -m mypy
	@echo "[4/5] 分层检查(import-linter)"; $(PY) -c 'from importlinter.cli import lint_imports_command as c; c()' --no-logo
	@echo "[5/5] 测试(pytest)";          $(PY) -m pytest
	@echo "全部通过。"

install: $(RUNTIME) ## 只安装运行所需的软件包
	@echo "运行环境已就绪:$(VENV)"

model: $(RUNTIME) $(LOCAL) ## 安装并下载本地语言模型(约 1.1 GB,可中断后继续;LLM=名称 换一个)
	@$(PY) -m ingest models fetch $(LLM)
	@echo "本地语言模型已就绪:重新启动页面即可使用,或运行 $(PY) -m assistant ask \"问题\" --llm local"

evals: $(RUNTIME) ## 在自带的问题集上评测检索和回答
	@code=0; echo "[1/2] 检索评测"; $(PY) -m evals retrieval || code=$$?; \
	echo "[2/2] 回答评测"; $(PY) -m evals answers || code=$$?; exit $$code

clean: ## 删除环境和缓存;.data(模型、索引、用户反馈)保留
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -not -path './.data/*' -prune -exec rm -rf {} +
	@echo "已删除环境和缓存;.data 保留,其中有模型、索引和用户反馈,确实不需要时请手工删除。"

$(RUNTIME):
	@$(call installed,.,运行所需的软件包,$(RUNTIME))

$(DEV):
	@$(call installed,.[dev$(comma)local],运行和测试所需的软件包,$(RUNTIME) $(DEV) $(LOCAL))

# Only adds to what is there, so that no other stamp is lost.
$(LOCAL): | $(RUNTIME)
	@echo "正在安装运行本地语言模型的软件包……"
	@$(PY) -m pip install --quiet --editable '.[local]' --constraint constraints.txt --no-warn-script-location
	@rm -f $(VENV)/.local-*; touch $@

comma := ,

# Of pip's output: how far it is, large downloads, warnings, and everything from the first error on.
SHORTER := /^Collecting / { if (++n % 25 == 0) print "  已确定 " n " 个软件包的版本……" } \
	/^ *Downloading .*[0-9][0-9](\.[0-9]*)? [MG]B/ { sub(/^ */, "  "); print } \
	/^Installing collected/ { print "  下载完成,正在写入……" } \
	/^ *(ERROR|error):/ { failed = 1 } failed || /^WARNING: Retrying/ { print } { fflush() }

# $(call installed,requirement,what it is,stamps). An installation that was killed half-way leaves .installing behind,
# and the next one starts from an empty environment; one that pip itself gave up (no network) leaves all as it was.
define installed
	set -e -o pipefail; \
	if [ -e $(VENV)/.installing ]; then echo "上次安装中途停止,重新建立环境 $(VENV)……"; rm -rf $(VENV); fi; \
	if ! $(PY) -c '$(SUITS)' >/dev/null 2>&1 || ! $(PY) -m pip --version >/dev/null 2>&1; then \
		if [ -z "$(PYTHON)" ] || ! "$(PYTHON)" -c '$(SUITS)' >/dev/null 2>&1; then \
			echo "没有找到可用的 Python 3.11 或 3.12(含 venv 模块;Debian、Ubuntu 上是 python3.11-venv 软件包)。"; \
			echo "请先安装,或写明它的位置:make $(firstword $(MAKECMDGOALS)) PYTHON=python3.11 的完整路径"; exit 2; \
		fi >&2; \
		echo "正在用 $(PYTHON) 建立环境 $(VENV)……"; "$(PYTHON)" -m venv --clear $(VENV); \
	fi; \
	rm -f $(VENV)/.installed-* $(VENV)/.dev-* $(VENV)/.local-*; touch $(VENV)/.installing; \
	$(PY) -c 'import pip, sys; sys.exit(int(pip.__version__.split(".")[0]) < 25)' \
		|| { echo "正在更新 pip……"; $(PY) -m pip install --quiet --upgrade pip || echo "pip 没有更新成功,用现有的继续。"; }; \
	echo "正在安装$(2)(首次需下载约 500 MB,要几分钟)……"; \
	code=0; PYTHONUNBUFFERED=1 $(PY) -m pip install --editable '$(1)' --constraint constraints.txt --no-warn-script-location 2>&1 \
		| awk '$(SHORTER)' || code=$$?; \
	if [ $$code = 1 ]; then rm -f $(VENV)/.installing; echo "安装没有成功,原因见上面几行;处理后再运行一次即可。" >&2; fi; \
	[ $$code = 0 ] || exit $$code; \
	touch $(3); rm -f $(VENV)/.installing; echo "安装完成。"
endef
